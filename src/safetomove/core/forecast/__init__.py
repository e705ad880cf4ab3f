"""What an ordinary next day looks like: a calibrated expectation, never an alarm."""

from safetomove.core.forecast.rolling import DAYS_FIRST, BadColumn, Forecast, Forecasts, rolling

__all__ = ["DAYS_FIRST", "BadColumn", "Forecast", "Forecasts", "rolling"]

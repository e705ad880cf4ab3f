"""A draw depends on who, when and what for, and on nothing else."""

from safetomove.core.chance import draw


def test_the_same_key_draws_the_same_number_in_any_order() -> None:
    first = draw(7, "asha", "2026-03-01", "flare")
    draw(7, "dev", "2026-03-01", "flare")
    assert draw(7, "asha", "2026-03-01", "flare") == first


def test_another_seed_person_day_or_decision_draws_another_number() -> None:
    one = (7, "a", 1, "x")
    keys = [one, (8, "a", 1, "x"), (7, "b", 1, "x"), (7, "a", 2, "x"), (7, "a", 1, "y")]
    assert len({draw(*key) for key in keys}) == len(keys)


def test_parts_of_a_key_do_not_run_together() -> None:
    assert draw(1, "ab", "c") != draw(1, "a", "bc")


def test_draws_are_spread_evenly_from_0_to_1() -> None:
    draws = [draw(1, n) for n in range(20_000)]
    assert all(0 <= one < 1 for one in draws)
    tenths = [sum(tenth / 10 <= one < (tenth + 1) / 10 for one in draws) for tenth in range(10)]
    # Chi-squared with 9 degrees of freedom: the numbers never change, so neither does this.
    assert sum((count - 2000) ** 2 / 2000 for count in tenths) < 21.67

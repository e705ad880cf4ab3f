"""The numbers of the dose rule: each with its unit, where it comes from and when it was reviewed.

All were reviewed on 2026-11-22 and are due again by 2027-11-22. "Assumed" means that no
study sets the number: it was chosen by hand, and tried on invented people only.
"""

RULE_VERSION = "2026-11-22"

TRIES_FOR_A_BASELINE = 3  # tries; the usual pacing advice of three tries over three days
BASELINE_SHARE = 0.8  # of the median try; the usual pacing advice, start a fifth below
BASELINE_SHARE_AFTER_FLARE = 0.7  # of the median try; 70% quota, BMC Public Health 2007;7:254
RECENT_FLARE_DAYS = 7  # days since the last flare day; assumed

CLIMB_PER_FLARE_FREE_DAY = 0.015  # of the level; seven of them make the usual +10% to +11% a week
MAX_DAILY_RISE = 0.15  # of the last dose; assumed, a ceiling for the way back and for the room
FLARE_STEP_BACK = 0.85  # of the level, once a flare-up; assumed, in-silico
LOWEST_SHARE_OF_BASELINE = 0.5  # of the baseline; never rest: NG59 1.2.1, keep going as you can
DOING_UNHEARD_DAYS = 7  # observed days with nothing of it told as done; assumed
DONE_ENOUGH_SHARE = 0.5  # of the plan; a day with less done doesn't raise the climb; assumed

MOST_CLIMBING = 2  # activities that may break new ground in one week; assumed
LEAST_CLIMBING = 1  # of them while the start of others is being found; assumed

EASE_PER_SD = 0.15  # of the dose, per SD of strain; assumed, in-silico
MOST_STRAIN_SD = 2.0  # SD; beyond it a day eases no further; assumed
USUAL_SCORE = 5.0  # points of 10: middle of the scale, until the person's own scores are known
USUAL_SPREAD = 2.0  # points, SD of a person's sleep or stress scores; assumed
USUAL_DAYS = 4.0  # days that the two numbers above weigh; assumed
LEAST_SPREAD = 1.0  # points, SD; steadier scores than this don't make one point a rough night
MEMORY_DAYS = 60.0  # days of the running mean and spread; assumed

FLARE_OPEN_DAYS = 7  # days; a flare-up not heard of for longer counts as over; assumed
LONG_GAP_DAYS = 28  # days in a row with no check-in; assumed
SHARE_AFTER_GAP = 0.75  # of the level, on the first day back; assumed

ONSETS_BEFORE_NOTICING = 5  # flare-ups; assumed, in-silico
TYPICAL_LOAD_DAYS = 28.0  # days of the running typical load; assumed
MOST_RELATIVE_LOAD = 2.0  # times the typical load: one odd day can't decide; assumed

ROOM_BELOW, ROOM_ABOVE = 0.8, 1.15  # of the dose: what counts as the plan done; assumed

"""Score every instrument a second time, plainly, from its published rule; shares no code with ours.

Answers are numbers by item; a blank is absent. Each function returns numbers by scale, or None
where the rule gives none. Kept straight-line on purpose: it is read beside the rules' table.
"""

from math import prod

Answers = dict[str, int]
Scores = dict[str, float | None]


def take(answers: Answers, *numbers: int) -> list[int]:
    """Return the answers given to questions by number."""
    return [answers[f"q{one}"] for one in numbers if f"q{one}" in answers]


def whole_sum(answers: Answers, *numbers: int) -> float | None:
    """Add up, if every question was answered."""
    got = take(answers, *numbers)
    return float(sum(got)) if len(got) == len(numbers) else None


def phq9(a: Answers) -> Scores:
    got = take(a, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    total = None if len(got) < 7 else sum(got) * 9 / len(got)
    return {
        "total": total,
        "phq8": whole_sum(a, 1, 2, 3, 4, 5, 6, 7, 8),
        "phq2": whole_sum(a, 1, 2),
    }


def phq8(a: Answers) -> Scores:
    return {"total": whole_sum(a, 1, 2, 3, 4, 5, 6, 7, 8)}


def two(a: Answers) -> Scores:
    return {"total": whole_sum(a, 1, 2)}


def phq4(a: Answers) -> Scores:
    return {
        "total": whole_sum(a, 1, 2, 3, 4),
        "gad2": whole_sum(a, 1, 2),
        "phq2": whole_sum(a, 3, 4),
    }


def gad7(a: Answers) -> Scores:
    return {"total": whole_sum(a, 1, 2, 3, 4, 5, 6, 7), "gad2": whole_sum(a, 1, 2)}


def rmdq(a: Answers) -> Scores:
    ticked = 0
    for number in range(1, 25):
        if a.get(f"q{number}") == 1:
            ticked += 1
    return {"total": float(ticked) if a else None}


def odi(a: Answers) -> Scores:
    got = take(a, *range(1, 11))
    if len(got) < 8:
        return {"percent": None}
    return {"percent": 100 * sum(got) / (5 * len(got))}


def pseq(a: Answers) -> Scores:
    return {"total": whole_sum(a, *range(1, 11))}


def start_back(a: Answers) -> Scores:
    plain = take(a, 1, 2, 3, 4, 5, 6, 7, 8)
    mind = take(a, 5, 6, 7, 8)
    bother = a.get("q9")
    if bother is None:
        return {"total": None, "psych": None}
    point = 1 if bother in (3, 4) else 0
    return {
        "total": float(sum(plain) + point) if len(plain) == 8 else None,
        "psych": float(sum(mind) + point) if len(mind) == 4 else None,
    }


def start_group(a: Answers) -> str:
    scores = start_back(a)
    if scores["total"] is None or scores["psych"] is None:
        return ""
    if scores["total"] <= 3:
        return "low"
    return "high" if scores["psych"] >= 4 else "medium"


def msk_hq(a: Answers) -> Scores:
    total = 0
    for number in range(1, 15):
        if f"q{number}" not in a:
            return {"total": None}
        printed = a[f"q{number}"]
        total += printed if number in (12, 13) else 4 - printed
    return {"total": float(total)}


def pcs(a: Answers) -> Scores:
    return {
        "total": whole_sum(a, *range(1, 14)),
        "rumination": whole_sum(a, 8, 9, 10, 11),
        "magnification": whole_sum(a, 6, 7, 13),
        "helplessness": whole_sum(a, 1, 2, 3, 4, 5, 12),
    }


def tsk11(a: Answers) -> Scores:
    return {"total": whole_sum(a, *range(1, 12))}


def peg(a: Answers) -> Scores:
    got = take(a, 1, 2, 3)
    return {"mean": sum(got) / 3 if len(got) == 3 else None}


def isi(a: Answers) -> Scores:
    return {"total": whole_sum(a, *range(1, 8))}


def invented_value(state: str) -> float:
    """Return what the invented country of these tests says a state is worth."""
    return round(1.0 - 0.06 * sum(int(level) - 1 for level in state), 4)


def eq5d5l(a: Answers) -> Scores:
    got = take(a, 1, 2, 3, 4, 5)
    vas = a.get("vas")
    index = invented_value("".join(str(one) for one in got)) if len(got) == 5 else None
    return {"index": index, "vas": None if vas is None else float(vas)}


def own_numbers(a: Answers) -> Scores:
    ids = ("gets_in_the_way", "can_do", "pain", "sleep", "mood")
    return {id: float(a[id]) if id in a else None for id in ids}


def own_activities(a: Answers) -> Scores:
    got = [a[id] for id in ("a1", "a2", "a3", "a4", "a5") if id in a]
    return {"ability": sum(got) / len(got) if got else None}


def sit_to_stand(a: Answers) -> Scores:
    return {"stands": float(a["stands"]) if "stands" in a else None}


SECOND = {
    "phq9": phq9,
    "phq8": phq8,
    "phq2": two,
    "gad2": two,
    "phq4": phq4,
    "gad7": gad7,
    "rmdq": rmdq,
    "odi": odi,
    "pseq": pseq,
    "pseq2": two,
    "start-back": start_back,
    "msk-hq": msk_hq,
    "pcs": pcs,
    "tsk11": tsk11,
    "peg": peg,
    "isi": isi,
    "eq5d5l": eq5d5l,
    "own-numbers": own_numbers,
    "own-activities": own_activities,
    "sit-to-stand": sit_to_stand,
}


def range_of(id: str, item: str) -> tuple[int, int]:
    """Return the range of an item as printed on the form, from memory of the form itself."""
    if id == "eq5d5l":
        return (0, 100) if item == "vas" else (1, 5)
    if id == "start-back":
        return (0, 4) if item == "q9" else (0, 1)
    tops = {"rmdq": 1, "odi": 5, "pseq": 6, "pseq2": 6, "msk-hq": 4, "pcs": 4, "isi": 4}
    tops |= {"peg": 10, "own-numbers": 10, "own-activities": 10, "sit-to-stand": 60}
    return (1, 4) if id == "tsk11" else (0, tops.get(id, 3))


def items_of(id: str) -> list[str]:
    """Return the items of each form, by how many there are."""
    counts = {"phq9": 9, "phq8": 8, "phq2": 2, "gad2": 2, "phq4": 4, "gad7": 7, "rmdq": 24}
    counts |= {"odi": 10, "pseq": 10, "pseq2": 2, "start-back": 9, "msk-hq": 14, "pcs": 13}
    counts |= {"tsk11": 11, "peg": 3, "isi": 7, "eq5d5l": 5}
    if id in counts:
        numbered = [f"q{one}" for one in range(1, counts[id] + 1)]
        return [*numbered, "vas"] if id == "eq5d5l" else numbered
    if id == "own-activities":
        return ["a1", "a2", "a3", "a4", "a5"]
    own = ["gets_in_the_way", "can_do", "pain", "sleep", "mood"]
    return own if id == "own-numbers" else ["stands"]


def forms(id: str) -> int:
    """Return how many different whole forms there are, to say what share was tried."""
    return prod(range_of(id, one)[1] - range_of(id, one)[0] + 1 for one in items_of(id))

"""Which lesson is offered next follows what is known of a person, and says why."""

from safetomove.content.lesson_shapes import Belief
from safetomove.content.lessons import load
from safetomove.services.next_lesson import Hint, Suggestion, Why, next_for_you

BOOKS = load()
ORDER = list(BOOKS.lessons)
FIRST, SECOND = ORDER[:2]


def test_somebody_new_begins_at_the_beginning() -> None:
    assert next_for_you(BOOKS, []) == Suggestion(lesson=FIRST, why=Why.FIRST)


def test_a_lesson_leads_on_where_it_says() -> None:
    onward = BOOKS.lessons[FIRST].next[0]
    assert next_for_you(BOOKS, [FIRST], last=FIRST) == Suggestion(lesson=onward, why=Why.GOES_ON)


def test_where_it_leads_nowhere_new_the_shelf_goes_on_in_order() -> None:
    lesson = BOOKS.lessons[FIRST]
    read = [FIRST, *lesson.next]
    found = next_for_you(BOOKS, read, last=FIRST)
    assert found is not None
    assert found.why is Why.IN_ORDER
    assert found.lesson == next(each.id for each in BOOKS.on(lesson.theme) if each.id not in read)


def test_a_hint_comes_before_the_order_and_the_strongest_comes_first() -> None:
    belief = Hint(why=Why.BELIEF, belief=Belief.SCAN_WORRY, about="scan_worry")
    on_the_map = Hint(why=Why.MAP, lesson="sleep", about="sleep")
    found = next_for_you(BOOKS, [FIRST], last=FIRST, hints=(on_the_map, belief))
    assert found == Suggestion(lesson="sleep", why=Why.MAP, about="sleep")
    found = next_for_you(BOOKS, [FIRST], last=FIRST, hints=(belief, on_the_map))
    assert found is not None
    assert found.why is Why.BELIEF
    assert Belief.SCAN_WORRY in BOOKS.lessons[found.lesson].beliefs


def test_a_hint_whose_lessons_are_all_read_is_passed_over() -> None:
    hint = Hint(why=Why.MAP, lesson="sleep")
    found = next_for_you(BOOKS, ["sleep"], last="sleep", hints=(hint,))
    assert found is not None
    assert found.why is not Why.MAP


def test_nothing_is_offered_once_all_are_read_and_old_ids_do_no_harm() -> None:
    assert next_for_you(BOOKS, ORDER, last=FIRST) is None
    assert next_for_you(BOOKS, ["long-gone"], last="long-gone") == Suggestion(
        lesson=FIRST, why=Why.FIRST
    )

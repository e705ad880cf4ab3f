"""What a clinic changed in a plan, in words: for the clinic's page and the person's alike."""

from safetomove.content.doses import amount_of, plain
from safetomove.core.pacing import Alters, Unit
from safetomove.services.clinic.plan_change import PlanChange
from safetomove.web.words import page


def what_of(each: PlanChange) -> str:
    """Say what a change changes: "Walking: at most 12 minutes"."""
    override, value = each.override, each.override.value or 0.0
    step = override.alters is Alters.STEP
    shown = plain(100 * value) if step else amount_of(value, Unit(each.unit))
    words = page("clinic_plan")["changes"]["what"]
    return str(words[override.alters].format(name=each.name, value=shown))

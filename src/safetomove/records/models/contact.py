"""What a clinic keeps of talking with people: threads of messages, and when to ask again.

The words lie in sealed documents. In plain stand times and states, to sort and count by.
"""

from django.db import models

from safetomove.records.models.clinic import Clinic, GroupRow, MemberRow, StaffRow


class ThreadRow(models.Model):
    """Where the messages between a clinic and one person stand."""

    member = models.OneToOneField(MemberRow, models.CASCADE, primary_key=True)
    clinic = models.ForeignKey(Clinic, models.CASCADE, db_index=False)
    waiting_since = models.DateTimeField(null=True)  # the oldest message not answered
    worrying_since = models.DateTimeField(null=True)  # the oldest of them that raised a card
    unread_since = models.DateTimeField(null=True)  # the oldest that the person has not opened
    owner = models.ForeignKey(StaffRow, models.SET_NULL, null=True)
    last_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("clinic", "waiting_since"), name="threads_waiting"),)


class FollowUpRow(models.Model):
    """One time after a course at which to ask somebody how things are."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, db_index=False)
    member = models.ForeignKey(MemberRow, models.CASCADE)
    group = models.ForeignKey(GroupRow, models.CASCADE, null=True)  # None: after a discharge
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=8)
    asked_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)  # why it was moved or dropped
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("member", "group", "months"), name="one_follow_up"),
        )
        indexes = (models.Index(fields=("clinic", "state", "due_on"), name="follow_ups_due"),)

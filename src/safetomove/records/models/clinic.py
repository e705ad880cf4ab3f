"""A clinic's tables. What it writes about people is sealed with the clinic's own key.

A person's own entries stay under the person's key; a clinic never gets a copy. So when a
person leaves or erases everything, what they wrote is out of the clinic's reach at once,
and what the clinic itself wrote (its register, its notes) stays its record. In plain stand
ids, days, times, and who came: a report counts them.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models

from safetomove.records.models.person import Person


class Clinic(models.Model):
    """One place that runs courses."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=40)
    reading_hours = models.CharField(max_length=200)  # when somebody reads what people share
    created_at = models.DateTimeField()


class ClinicKey(models.Model):
    """The clinic's wrapped key, apart from it so that backups can leave it out."""

    clinic = models.OneToOneField(Clinic, models.CASCADE, primary_key=True, related_name="key")
    wrapped = models.BinaryField()


class StaffRow(models.Model):
    """What somebody may do at a clinic. The row outlives the account: it names who looked."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=16)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("clinic", "user"), name="one_role_a_clinic"),
        )


class MemberRow(models.Model):
    """Somebody on a clinic's list, with or without a record of their own here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.SET_NULL, null=True)
    shares = models.JSONField(default=list)  # what the person lets the clinic see, by name
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)  # the person ended it
    discharged_at = models.DateTimeField(null=True)  # the clinic ended it
    urgency = models.PositiveSmallIntegerField(default=0)  # who to see first; why is sealed
    standing = models.BinaryField(null=True)
    standing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("clinic", "person"), name="once_a_clinic"),)
        indexes = (
            models.Index(
                fields=("clinic", "discharged_at", "-urgency", "id"), name="members_by_urgency"
            ),
            models.Index(fields=("clinic", "discharged_at", "standing_at"), name="old_standings"),
            models.Index(fields=("clinic", "discharged_at", "-added_at"), name="newest_members"),
        )


class SharingRow(models.Model):
    """What the person said about one item, and when; never changed."""

    member = models.ForeignKey(MemberRow, models.CASCADE)
    item = models.CharField(max_length=16)
    shares = models.BooleanField()
    at = models.DateTimeField()


class InvitationRow(models.Model):
    """A way in, by a code of which only the digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.CASCADE)
    digest = models.BinaryField(max_length=32, unique=True)
    role = models.CharField(max_length=16)  # a role of staff, or "patient"
    member = models.ForeignKey(MemberRow, models.CASCADE, null=True)
    made_by = models.ForeignKey(StaffRow, models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class GroupRow(models.Model):
    """People who take a course together, or one person who takes it alone (one place)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.CASCADE)
    kind = models.CharField(max_length=8)  # group, or single
    places = models.PositiveIntegerField()
    sealed = models.BinaryField()  # name, venue, which syllabus at which version
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class SessionRow(models.Model):
    """One meeting of a group. `changes` counts what a calendar must be told of."""

    group = models.ForeignKey(GroupRow, models.CASCADE, db_index=False)
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField(db_index=True)
    minutes = models.PositiveIntegerField()
    cancelled = models.BooleanField(default=False)
    changes = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)  # the register is done

    class Meta:
        constraints = (models.UniqueConstraint(fields=("group", "number"), name="one_number"),)


class EnrolmentRow(models.Model):
    """A place in a group, or a turn on its waiting list."""

    group = models.ForeignKey(GroupRow, models.CASCADE, db_index=False)
    member = models.ForeignKey(MemberRow, models.CASCADE)
    state = models.CharField(max_length=8)  # waiting, enrolled, left
    at = models.DateTimeField()
    sealed = models.BinaryField(null=True)  # why they left; the calendar link
    version = models.PositiveIntegerField(default=1)
    calendar = models.BinaryField(max_length=32, null=True, unique=True)  # the link's digest

    class Meta:
        constraints = (models.UniqueConstraint(fields=("group", "member"), name="one_place"),)


class AttendanceRow(models.Model):
    """Whether somebody came; why not is sealed."""

    session = models.ForeignKey(SessionRow, models.CASCADE, db_index=False)
    member = models.ForeignKey(MemberRow, models.CASCADE)
    state = models.CharField(max_length=12)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("session", "member"), name="came_once"),)


class AttendanceHistory(models.Model):
    """What the register said before a mark was changed or taken away."""

    session = models.ForeignKey(SessionRow, models.CASCADE)
    member = models.ForeignKey(MemberRow, models.CASCADE)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()


class MakeUpRow(models.Model):
    """A missed session that somebody makes up at another one, of any group of the clinic."""

    missed = models.ForeignKey(SessionRow, models.CASCADE, db_index=False, related_name="+")
    member = models.ForeignKey(MemberRow, models.CASCADE)
    booked = models.ForeignKey(SessionRow, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("missed", "member"), name="made_up_once"),)


class RunEventRow(models.Model):
    """One thing that happened while a session ran, as the device named it; never changed."""

    session = models.ForeignKey(SessionRow, models.CASCADE, db_index=False)
    client_key = models.CharField(max_length=64)
    by = models.ForeignKey(StaffRow, models.SET_NULL, null=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "client_key"), name="one_event_a_key"),
        )


class ClinicDocumentRow(models.Model):
    """One sealed document of a clinic: a syllabus, a note, a letter. See ADR 0024."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=64)  # an id or nothing: never a word
    member = models.ForeignKey(MemberRow, models.CASCADE, null=True)
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("clinic", "kind", "name"), name="one_row_a_clinic_document"
            ),
        )


class ClinicDocumentHistory(models.Model):
    """What a clinic's document said before it was changed."""

    clinic = models.ForeignKey(Clinic, models.CASCADE)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()


class ClinicWriteKey(models.Model):
    """A request already answered, so that sending it twice writes once."""

    clinic = models.ForeignKey(Clinic, models.CASCADE, db_index=False)
    client_key = models.CharField(max_length=64)
    digest = models.BinaryField()
    answer = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("clinic", "client_key"), name="one_clinic_answer"),
        )

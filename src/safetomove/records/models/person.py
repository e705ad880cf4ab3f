"""The tables. Health is in sealed columns only; in plain stand ids, days and times."""

from typing import Any, Never
from uuid import uuid4

from django.conf import settings
from django.db import models

from safetomove.core.errors import CoreError


class AppendOnly(CoreError):
    """What was written here is never changed or taken away."""


class Person(models.Model):
    """One record. `file` holds, sealed, everything small and current."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.BinaryField()
    file_version = models.PositiveIntegerField(default=1)
    # PROTECT: an account goes only with its record, through services.erase
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    created_at = models.DateTimeField()


class PersonKey(models.Model):
    """The person's wrapped key, in a table of its own so that backups can leave it out."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="key")
    wrapped = models.BinaryField()


class CheckInRow(models.Model):
    """One local day of one person."""

    person = models.ForeignKey(Person, models.CASCADE, db_index=False)
    local_day = models.DateField()
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "local_day"), name="one_row_a_day"),
        )


class CheckInHistory(models.Model):
    """What a day said before it was amended."""

    person = models.ForeignKey(Person, models.CASCADE)
    local_day = models.DateField()
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()


class FileHistory(models.Model):
    """What was once in the person's file: safety answers, plans changed or left."""

    person = models.ForeignKey(Person, models.CASCADE)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()


class DocumentRow(models.Model):
    """One sealed document of a person: their map, a ladder, an experiment. See ADR 0012."""

    person = models.ForeignKey(Person, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=64)  # a day, an id or nothing: never a word of theirs
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "kind", "name"), name="one_row_a_document"),
        )


class DocumentHistory(models.Model):
    """What a document said before it was changed or let go."""

    person = models.ForeignKey(Person, models.CASCADE)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()


class WriteKey(models.Model):
    """A request already answered; `digest` is of its body, keyed with the person's key."""

    person = models.ForeignKey(Person, models.CASCADE, db_index=False)
    client_key = models.CharField(max_length=64)
    digest = models.BinaryField()
    answer = models.BinaryField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "client_key"), name="one_answer_a_key"),
        )


class _AuditRows(models.QuerySet["AuditRow"]):
    def update(self, **_: Any) -> Never:
        raise AppendOnly("audit rows are never changed")

    def delete(self) -> Never:
        raise AppendOnly("audit rows are never taken away")


class AuditRow(models.Model):
    """Who did what, when. The id alone says who; no foreign key, so that it outlives the person."""

    person = models.UUIDField(db_index=True)
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = _AuditRows.as_manager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly("audit rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> Never:
        raise AppendOnly("audit rows are never taken away")

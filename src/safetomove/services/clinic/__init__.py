"""What a clinic keeps and may do.

`staff.desk` says who of the staff is asking, and for which clinic; everything starts there.
`clinics` and `staff` open a clinic and give its roles, `invitations` lets people in,
`members` is the clinic's list, `sharing` is what each person lets it see, `seeing` opens a
person's own entries for staff (and notes that it did), and `documents` keeps what the
clinic itself writes.
"""

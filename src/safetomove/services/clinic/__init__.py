"""What a clinic keeps and may do.

`staff.desk` says who of the staff is asking, and for which clinic; everything starts there.
`clinics` and `staff` open a clinic and give its roles, `invitations` lets people in,
`members` is the clinic's list (`known` is what it says of one person, `finding` looks
somebody up, `list_file` brings many in), `sharing` is what each person lets it see, `seeing`
opens a person's own entries for staff and notes that it did, `looks` tells the person who
did, and `documents` keeps what the clinic itself writes.

`groups` and `group_dates` lay courses out, `enrolment` gives places, `register` and `make_up`
say who came and where a missed session is made up, `syllabuses` holds the courses, `calendars`
the files that people's calendars follow, `my_courses` what the person sees, and `overview`
what is on. What writes something new answers a repeated request once: `once`.
"""

"""The addresses of a person's course, and of the calendar that their phone follows."""

from django.urls import path

from safetomove.web.patient.course import views

urlpatterns = [
    path("my-course/", views.my_course, name="my_course"),
    path("my-course/<uuid:group>/calendar.ics", views.calendar, name="my_course_calendar"),
    path("my-course/<uuid:group>/link/", views.link, name="my_course_link"),
    path("my-course/<uuid:group>/<int:number>/", views.handout, name="my_course_handout"),
    path("calendar/<str:token>.ics", views.followed, name="calendar_followed"),
]

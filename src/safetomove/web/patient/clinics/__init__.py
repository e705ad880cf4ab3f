"""My clinics: join, choose what each may see, see who looked, leave."""

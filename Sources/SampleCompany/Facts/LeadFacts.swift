import Model

extension PlantedFact {
    /// The half of fact 10 that is real.
    static let webinarLeads = PlantedFact(
        "webinar-leads",
        "Of the webinars' leads since 2026-09-14 5 % become deals, of those before 12 %: about 500 and 700 leads"
    ) { story in
        story.leads.change("Webinar", to: 50)
    }

    /// The half of fact 10 that is noise.
    static let partnerLeads = PlantedFact(
        "partner-leads",
        """
        Of the partners' leads since 2026-09-14 14 % become deals, of those before 18 %: about 100 and 250 leads, too few \
        to tell the two apart
        """
    ) { story in
        story.leads.change("Partner", to: 140)
    }
}

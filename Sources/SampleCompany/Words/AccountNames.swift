/// The names of customers: invented words, so that no real company is meant.
enum AccountNames {
    struct Name: Sendable {
        let full: String
        let industry: String
    }

    /// A name for an account of a team.
    static func drawn(for team: SalesTeam, _ random: inout RandomStream) -> Name {
        let first = random.pick(coined)
        let (second, industry) = random.pick(trades)
        let legalForms = team == .emea ? ["GmbH", "AG", "B.V.", "S.p.A.", "AB", "Ltd"] : [", Inc.", ", LLC", " Corp."]
        guard random.chance(250) else { return Name(full: "\(first) \(second)", industry: industry) }
        let form = random.pick(legalForms)
        return Name(full: "\(first) \(second)" + (team == .emea ? " " : "") + form, industry: industry)
    }

    private static let coined = [
        "Aldermoor", "Ambrelle", "Anvarra", "Ashkirk", "Avelund", "Barrowind", "Belcastra", "Brennock",
        "Briarlow", "Calverine", "Cassorel", "Cindrell", "Corvane", "Dalmere", "Darrowby", "Delmarra",
        "Dunvarrow", "Eastmarch", "Elberon", "Emberlyn", "Fallowick", "Farrowen", "Fennimark", "Galdera",
        "Glenhallow", "Gorsefield", "Grantoria", "Halbeck", "Harrowgate", "Hazelmoor", "Helvarin",
        "Holmspire", "Inverlath", "Isenbrook", "Jorvane", "Kelvarra", "Kingsmarl", "Korrigan", "Langmere",
        "Larkenfell", "Lindovar", "Lorimont", "Maplethorn", "Marvella", "Merrowick", "Millstrand",
        "Moravel", "Norvell", "Oakmarch", "Oldenvar", "Orrinshaw", "Palverton", "Pembrel", "Perrolane",
        "Quillhaven", "Ravelston", "Redmarsh", "Rivendale", "Rookhurst", "Saltmere", "Selvanto",
        "Silverlund", "Solvarra", "Stonewick", "Sundermere", "Talvik", "Thornbury", "Torvane", "Trevallan",
        "Ulverstrand", "Valdora", "Varnholt", "Vellamont", "Vinterhall", "Waldemar", "Westerlow",
        "Whitmoor", "Windrel", "Wolverane", "Yarrowfell", "Zelkova", "Zorrilane",
    ]

    private static let trades = [
        ("Foods", "Food and beverage"), ("Brewing", "Food and beverage"), ("Dairies", "Food and beverage"),
        ("Chemicals", "Chemicals"), ("Coatings", "Chemicals"), ("Polymers", "Chemicals"),
        ("Pharma", "Life sciences"), ("Biologics", "Life sciences"), ("Laboratories", "Life sciences"),
        ("Water", "Utilities"), ("Power", "Utilities"), ("Energy", "Energy"), ("Refining", "Energy"),
        ("Paper", "Pulp and paper"), ("Packaging", "Pulp and paper"), ("Mills", "Pulp and paper"),
        ("Metals", "Metals and mining"), ("Steel", "Metals and mining"), ("Mining", "Metals and mining"),
        ("Robotics", "Machinery"), ("Engineering", "Machinery"), ("Castings", "Machinery"),
        ("Semiconductor", "Electronics"), ("Optics", "Electronics"), ("Freight", "Logistics"),
        ("Logistics", "Logistics"), ("Cement", "Building materials"), ("Glass", "Building materials"),
    ]
}

/// The names of customers: invented words, so that no real company is meant.
enum AccountNames {
    struct Name: Sendable {
        let full: String
        let industry: String

        func followed(by text: String) -> Name {
            Name(full: full + text, industry: industry)
        }
    }

    /// The name of an account of the background: the first 1,900 or so differ in their words, later
    /// ones in what follows.
    static func background(_ index: Int, for team: SalesTeam, _ random: inout RandomStream) -> Name {
        let words = coined.dropFirst(reserved)
        let size = words.count * trades.count
        // 1213 has no divisor in common with the size: every pair of words comes once a round.
        let pair = index % size * 1213 % size
        let name = name(words[reserved + pair / trades.count], trades[pair % trades.count])
        let round = index / size
        guard round == 0 else { return name.followed(by: additions[(round - 1) % additions.count]) }
        return random.chance(250) ? name.followed(by: legalForm(for: team, &random)) : name
    }

    /// The name of an account of a planted deal: 392 that no other account has.
    static func planted(_ index: Int, for team: SalesTeam, _ random: inout RandomStream) -> Name {
        let size = reserved * trades.count
        let pair = index % size * 145 % size
        let name = name(coined[pair / trades.count], trades[pair % trades.count])
        return random.chance(250) ? name.followed(by: legalForm(for: team, &random)) : name
    }

    private static func name(_ first: String, _ trade: (String, String)) -> Name {
        Name(full: "\(first) \(trade.0)", industry: trade.1)
    }

    private static func legalForm(for team: SalesTeam, _ random: inout RandomStream) -> String {
        random.pick(
            team == .emea
                ? [" GmbH", " AG", " B.V.", " S.p.A.", " AB", " Ltd"] : [", Inc.", ", LLC", " Corp."])
    }

    private static let additions = [
        " Group", " International", " Holding", " Systems", " Works", " North", " South", " Pacific",
        " Atlantic", " Nordic", " Iberia", " Partners",
    ]

    /// How many of the coined words only planted deals use.
    private static let reserved = 14

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

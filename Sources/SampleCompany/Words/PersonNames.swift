/// The names of people. Those of the story are given; the rest are invented.
enum PersonNames {
    typealias Name = (name: String, email: String)

    /// East, West, EMEA; the first of each team has a part in the story.
    static let sellers: [[Name]] = [
        [
            named("Tom Iversen"), named("Grace Okafor"), named("Daniel Whitlock"),
            named("Ana Sofía Duarte", "ana.duarte"), named("Kevin Park"), named("Rachel Steinberg"),
            named("Omar Haddad"), named("Emily Tran"), named("Patrick O'Brien", "patrick.obrien"),
        ],
        [
            named("Maya Lindqvist"), named("Carlos Méndez", "carlos.mendez"), named("Hannah Vogt"),
            named("Wei Zhang"), named("Tyler Brooks"), named("Nadia Rahman"), named("Isabel Fuentes"),
            named("Andrew Kim"), named("Leilani Kealoha"),
        ],
        [
            named("Luc Moreau"), named("Sofia Rossi"), named("Łukasz Nowak", "lukasz.nowak"),
            named("Aoife Byrne"), named("Henrik Sørensen", "henrik.soerensen"),
            named("Fatima El Amrani", "fatima.elamrani"), named("Jürgen Weiß", "juergen.weiss"),
            named("Márta Kovács", "marta.kovacs"), named("Pieter de Vries", "pieter.devries"),
        ],
    ]

    /// East, West, EMEA.
    static let leads: [Name] = [named("Dana Ortiz"), named("Priya Raman"), named("Jonas Keller")]

    /// The chief revenue officer.
    static let chief = named("Ingrid Solberg")

    /// The name of a person beyond the known ones; no two numbers share one.
    static func invented(_ number: Int) -> Name {
        let first = givenNames[number % givenNames.count]
        let last = familyNames[number / givenNames.count % familyNames.count]
        let round = number / (givenNames.count * familyNames.count)
        let initial = round == 0 ? "" : " " + String(repeating: "J", count: round) + "."
        return ("\(first)\(initial) \(last)", "\(first).\(last).\(number + 1)".lowercased() + domain)
    }

    private static let domain = "@halden.example"

    private static func named(_ name: String, _ address: String? = nil) -> Name {
        (name, (address ?? name.lowercased().split(separator: " ").joined(separator: ".")) + domain)
    }

    private static let givenNames = [
        "Amara", "Anton", "Beatriz", "Caleb", "Chloe", "Darius", "Elena", "Farid", "Greta", "Hugo",
        "Ines", "Jamal", "Karin", "Kofi", "Laura", "Liam", "Lucia", "Marek", "Mei", "Milan", "Nina",
        "Noah", "Olga", "Pablo", "Petra", "Ravi", "Rosa", "Samuel", "Sara", "Stefan", "Tara", "Tobias",
        "Uma", "Viktor", "Wendy", "Yara", "Yusuf", "Zoe",
    ]

    private static let familyNames = [
        "Abara", "Aldous", "Bergmann", "Castell", "Cheng", "Dalgaard", "Dubois", "Eriksen", "Falk",
        "Ferrante", "Gallo", "Hartmann", "Holloway", "Ibarra", "Jansen", "Kapoor", "Keita", "Lindgren",
        "Lombardi", "Marchetti", "Mbeki", "Novak", "Okada", "Olsen", "Pereira", "Quist", "Ramos",
        "Sandoval", "Sato", "Schreiber", "Silva", "Thorne", "Ulrich", "Vargas", "Vermeer", "Walsh",
        "Yilmaz", "Zeller",
    ]
}

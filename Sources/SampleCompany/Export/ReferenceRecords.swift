import Model

/// The records of the small files of a night: company, teams, people, products and stages.
struct ReferenceRecords {
    let organisation: Organisation
    let night: Day

    var company: [[UInt8]] {
        [record(["HALDEN", Frame.companyName, Frame.currency, "America/New_York", "1", "end"])]
    }

    var teams: [[UInt8]] {
        SalesTeam.allCases.map { team in
            record([team.id, team.name, "", organisation.lead(of: team, on: night)?.id ?? ""])
        }
    }

    var people: [[UInt8]] {
        organisation.people.filter { $0.start <= night }.map { person in
            let team = person.team[night]
            let lead = organisation.lead(of: team, on: night)?.id ?? ""
            let isActive = person.isActive(on: night)
            var text = CSVText()
            text.cell(person.id)
            text.cell(person.name)
            text.cell(person.email)
            text.cell(person.title)
            text.cell(team.id)
            text.cell(person.hasQuota ? lead : "")
            text.cell(isActive)
            text.cell(person.start)
            text.cell(isActive ? nil : person.end)
            text.endLine()
            return text.bytes
        }
    }

    var products: [[UInt8]] {
        Product.all.map { product in
            var text = CSVText()
            text.cell(product.id)
            text.cell(product.name)
            text.cell(product.family)
            text.cell(cents: product.listPrice * 100)
            text.endLine()
            return text.bytes
        }
    }

    var stages: [[UInt8]] {
        SalesStage.allCases.map { stage in
            record([stage.name, stage.name, String(stage.rawValue), stage.kind, stage.category.rawValue])
        }
    }

    private func record(_ cells: [String]) -> [UInt8] {
        var text = CSVText()
        text.line(cells)
        return text.bytes
    }
}

import Model

/// The records of the small files of a night: company, teams, people, products and stages.
struct ReferenceRecords {
    let organisation: Organisation
    let calendar: SampleCalendar
    let night: Day

    var company: [[UInt8]] {
        let name = ["HALDEN", Frame.companyName, Frame.currency, "America/New_York", "1", "end"]
        return [record(name + calendar.settings + ["3"])]
    }

    var teams: [[UInt8]] {
        SalesTeam.allCases.map { team in
            record([team.id, team.name, "", organisation.lead(of: team, on: night)?.id ?? ""])
        }
    }

    var people: [[UInt8]] {
        let chief = PersonNames.chief
        let chiefRecord = record(
            [
                organisation.chiefID, chief.name, chief.email, "Chief revenue officer", "", "", "true",
                "2018-02-05", "",
            ])
        return organisation.people.filter { $0.start <= night }.map { person in
            let team = person.team[night]
            let lead = organisation.lead(of: team, on: night)?.id ?? ""
            let isActive = person.isActive(on: night)
            var text = CSVText()
            text.cell(person.id)
            text.cell(person.name)
            text.cell(person.email)
            text.cell(person.title)
            text.cell(team.id)
            text.cell(person.hasQuota ? lead : organisation.chiefID)
            text.cell(isActive)
            text.cell(person.start)
            text.cell(isActive ? nil : person.end)
            text.endLine()
            return text.bytes
        } + [chiefRecord]
    }

    var holidays: [[UInt8]] {
        var records: [[UInt8]] = []
        var day = Frame.historyStart
        while day < Frame.day(2028, 1, 1) {
            if let name = WorkDays.holiday(day) { records.append(record(["H-\(day)", name, "\(day)", ""])) }
            day = day + 1
        }
        return records
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

import Model

extension NightlyExport {
    /// Files that say something of a deal, in the order in which they are opened.
    private static let stateFiles: [SampleFile] = [
        .qualification, .resourceRequest, .lossRecord, .concession, .successFactor, .meeting,
    ]

    /// At most so many nights at a time, with seven files open for each.
    private static let nightsAtATime = 20

    /// What is written down beside the deals. A file of states without a row would say that none are left: there is none.
    func writeEvidence(_ nights: [EventDays], _ summary: inout SampleSummary) throws(BellwetherError) {
        var rest = nights[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(Self.nightsAtATime))
            try writeTellings(batch, &summary)
            rest = rest.dropFirst(batch.count)
        }
        for days in nights {
            var milestones = try sink(.milestone, days.night)
            for milestone in SalesMilestone.all { try milestones.write(line(milestone.record)) }
            try finish(&milestones, &summary)
            var competitors = try sink(.competitor, days.night)
            for rival in DealWords.competitors {
                try competitors.write(line([rival.id, rival.name, "false"]))
            }
            try competitors.write(line(["C-NOBODY", "No action", "true"]))
            try finish(&competitors, &summary)
        }
    }

    private func writeTellings(_ nights: [EventDays], _ summary: inout SampleSummary) throws(BellwetherError)
    {
        guard let last = nights.last?.night else { return }
        var claims: [FileSink] = []
        for days in nights { claims.append(try sink(.milestoneClaim, days.night)) }
        var states = [SampleFile: [FileSink?]]()
        for file in Self.stateFiles { states[file] = Array(repeating: nil, count: nights.count) }
        func write(_ telling: Telling) throws(BellwetherError) {
            guard telling.file != .milestoneClaim else {
                for version in telling.versions {
                    guard let place = EventDays.place(of: version.day, in: nights) else { continue }
                    try claims[place].write(version.record)
                }
                return
            }
            for (place, days) in nights.enumerated() {
                guard let record = telling.record(on: days.night) else { continue }
                if states[telling.file]?[place] == nil {
                    states[telling.file]?[place] = try sink(telling.file, days.night)
                }
                try states[telling.file]?[place]?.write(record)
            }
        }
        try company.forEachTelling(on: last) { (telling) throws(BellwetherError) in try write(telling) }
        for telling in MeetingRecords(company).tellings(until: last) { try write(telling) }
        for index in claims.indices { try finish(&claims[index], &summary) }
        for file in Self.stateFiles {
            for var sink in (states[file] ?? []).compactMap({ $0 }) { try finish(&sink, &summary) }
        }
    }

    private func line(_ cells: [String]) -> [UInt8] {
        var text = CSVText()
        text.line(cells)
        return text.bytes
    }
}

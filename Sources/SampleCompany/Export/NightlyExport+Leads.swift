import Model

extension NightlyExport {
    /// Every lead as it is at the end of each night. A night before the first lead has no file: an empty one would say
    /// that none are left.
    func writeLeads(_ nights: [EventDays], _ summary: inout SampleSummary) throws(BellwetherError) {
        guard let last = nights.last?.night else { return }
        var sinks = [FileSink?](repeating: nil, count: nights.count)
        try company.forEachLead(on: last) { (lead) throws(BellwetherError) in
            for (index, days) in nights.enumerated() {
                guard let record = lead.record(on: days.night) else { continue }
                if sinks[index] == nil { sinks[index] = try sink(.lead, days.night) }
                try sinks[index]?.write(record)
            }
        }
        for index in sinks.indices {
            guard var sink = sinks[index] else { continue }
            try finish(&sink, &summary)
        }
    }
}

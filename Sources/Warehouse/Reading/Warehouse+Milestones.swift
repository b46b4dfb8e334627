import Model
import Postgres

extension Warehouse {
    /// The SQL of `milestoneTerms`.
    public static let milestoneTermsSQL = """
        select
            milestone.source, milestone.id, coalesce(milestone.name, milestone.id) as name, milestone.position,
            milestone.stage_id, coalesce(stage.name, milestone.stage_id, '') as stage_name,
            stage.position as stage_position
        from bellwether.milestone
        left join bellwether.stage on stage.source = milestone.source and stage.id = milestone.stage_id
        order by milestone.source, stage.position, milestone.position, milestone.id
        """

    /// The milestones as of the day read, in the order of the process.
    ///
    /// Source: views `bellwether.milestone` and `bellwether.stage`.
    public func milestoneTerms() throws(BellwetherError) -> [MilestoneTerm] {
        try rows(Self.milestoneTermsSQL) { row throws(DatabaseError) in
            MilestoneTerm(
                id: try row.recordID(), name: try row.decode("name"), position: try row.decode("position"),
                stage: try row.key("source", "stage_id"), stageName: try row.decode("stage_name"),
                stagePosition: try row.decode("stage_position"))
        }
    }

    /// The SQL of `milestoneCells`.
    public static let milestoneCellsSQL = """
        select
            source, milestone_id, owner_id, not is_owner_unknown as is_owner_known, owner_team_id,
            count(*) filter (where had_time) as came,
            count(*) filter (where had_time and reached_date is not null) as reached,
            count(*) filter (where had_time and reached_date is null and claimed_date is not null) as bare,
            count(*) filter (
                where had_time and reached_date is null and kind = 'open' and moved_on is null
            ) as stuck
        from bellwether.milestone_standing
        group by source, milestone_id, owner_id, is_owner_unknown, owner_team_id
        """

    /// How many deals came to the stage of each milestone and reached it, by whose they are.
    ///
    /// Source: view `bellwether.milestone_standing`.
    public func milestoneCells() throws(BellwetherError) -> [MilestoneCell] {
        try rows(Self.milestoneCellsSQL) { row throws(DatabaseError) in
            MilestoneCell(
                milestone: RecordID(source: try row.decode("source"), id: try row.decode("milestone_id")),
                holder: try row.holder(), came: try row.decode("came"), reached: try row.decode("reached"),
                bare: try row.decode("bare"), stuck: try row.decode("stuck"))
        }
    }

    /// The SQL of `landmarkCells`: $1 the days after the deal came to the stage.
    public static let landmarkCellsSQL = """
        with at_landmark as (
            select
                source, id, stage_id, owner_id, is_owner_unknown, owner_team_id, kind,
                coalesce(
                    string_agg(milestone_id, chr(31) order by milestone_id)
                        filter (where reached_date <= arrived + $1::integer),
                    '') as reached
            from bellwether.milestone_standing
            where not is_arrival_unknown and kind <> 'open' and ended > arrived + $1::integer
            group by source, id, stage_id, owner_id, is_owner_unknown, owner_team_id, kind
        )

        select
            source, stage_id, reached, owner_id, not is_owner_unknown as is_owner_known, owner_team_id,
            count(*) as resolved,
            count(*) filter (where kind = 'won') as won
        from at_landmark
        group by source, stage_id, reached, owner_id, is_owner_unknown, owner_team_id
        """

    /// How deals ended that were still open so many days after they came to a stage, by the milestones of the stage that
    /// they had reached by then.
    ///
    /// Source: view `bellwether.milestone_standing`.
    public func landmarkCells(daysAfter days: Int) throws(BellwetherError) -> [LandmarkCell] {
        try rows(Self.landmarkCellsSQL, [.text(String(days))]) { row throws(DatabaseError) in
            let source = try row.decode("source", as: String.self)
            let reached = try row.decode("reached", as: String.self).split(separator: "\u{1F}").map {
                RecordID(source: source, id: String($0))
            }
            return LandmarkCell(
                stage: RecordID(source: source, id: try row.decode("stage_id")), reached: Set(reached),
                holder: try row.holder(), resolved: try row.decode("resolved"), won: try row.decode("won"))
        }
    }

    /// The SQL of `qualificationCells`.
    public static let qualificationCellsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, owner_team_id, category, is_functional,
            is_financial, is_political, count(*) as deals, coalesce(sum(amount_company), 0) as amount
        from bellwether.qualification_standing
        group by
            source, owner_id, is_owner_unknown, owner_team_id, category, is_functional, is_financial, is_political
        """

    /// What is known of the qualification of open deals, by whose they are and by category.
    ///
    /// Source: view `bellwether.qualification_standing`.
    public func qualificationCells() throws(BellwetherError) -> [QualificationCell] {
        try rows(Self.qualificationCellsSQL) { row throws(DatabaseError) in
            QualificationCell(
                holder: try row.holder(), category: try row.decode("category"),
                triad: QualificationCell.Triad(
                    functional: try row.decode("is_functional"), financial: try row.decode("is_financial"),
                    political: try row.decode("is_political")),
                sum: DealSum(count: try row.decode("deals"), amount: try row.decode("amount")))
        }
    }
}

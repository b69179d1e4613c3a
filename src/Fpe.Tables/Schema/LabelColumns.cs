namespace Fpe.Tables;

/// <summary>Any number of labels for each row: a column for each label, with 1 or true if the row has it, and 0 or false if not.</summary>
public sealed class LabelColumns : TargetColumns
{
    /// <summary>Creates the target.</summary>
    /// <param name="names">The names of the columns, which are the names of the labels, in the order of the outputs; at least two.</param>
    public LabelColumns(params IReadOnlyList<string> names)
        : base(names)
    {
    }

    internal override IEnumerable<Slot> Slots => Names.Select(name => new Slot(name, CellKind.Flag, Missing, IsTarget: true));

    internal override void Check()
    {
        base.Check();
        if (Names.Count < 2)
            throw new TableColumnException($"column '{Names[0]}' is the only label; use a ClassColumn, or pass several columns.");
    }

    internal override TargetEncoding Learn(Table train) => new LabelColumnsEncoding(this);
}

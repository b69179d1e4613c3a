namespace Fpe.Tables;

/// <summary>Targets that are numbers, one or several: a regression.</summary>
public sealed class NumberTargets : TargetColumns
{
    /// <summary>Creates the target.</summary>
    /// <param name="names">The names of the columns, in the order of the outputs; at least one.</param>
    public NumberTargets(params IReadOnlyList<string> names)
        : base(names)
    {
    }

    internal override IEnumerable<Slot> Slots => Names.Select(name => new Slot(name, CellKind.Number, Missing, IsTarget: true));

    internal override TargetEncoding Learn(Table train) => new NumberTargetEncoding(this);
}

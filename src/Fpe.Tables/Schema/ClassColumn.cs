namespace Fpe.Tables;

/// <summary>A target of one class for each row, by its name. White space around a name is left out.</summary>
public sealed class ClassColumn : TargetColumns
{
    /// <summary>Creates the target.</summary>
    /// <param name="name">The name of the column.</param>
    public ClassColumn(string name)
        : base([name])
    {
    }

    /// <summary>Gets the name of the column.</summary>
    public string Name => Names[0];

    /// <summary>
    /// Gets the names of the classes in the order of the outputs, or of classes 0 and 1 if there is one output; null for those of the
    /// training rows, in ordinal order.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    internal override IEnumerable<Slot> Slots => [new(Name, CellKind.Text, Missing, IsTarget: true)];

    internal override void Check()
    {
        base.Check();
        if (ClassNames is not null)
            Categories.CheckNames(Name, ClassNames);
    }

    internal override TargetEncoding Learn(Table train) => ClassEncoding.Learn(this, train);
}

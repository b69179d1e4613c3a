namespace Fpe.Tables;

/// <summary>Any number of labels for each row, in one column that lists their names, such as <c>fresh|sweet</c>. An empty field is a row without labels.</summary>
public sealed class LabelListColumn : TargetColumns
{
    /// <summary>Creates the target.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="separator">What separates the names.</param>
    public LabelListColumn(string name, char separator = '|')
        : base([name]) => Separator = separator;

    /// <summary>Gets the name of the column.</summary>
    public string Name => Names[0];

    /// <summary>Gets what separates the names.</summary>
    public char Separator { get; }

    /// <summary>Gets the names of the labels in the order of the outputs; null for those of the training rows, in ordinal order.</summary>
    public IReadOnlyList<string>? LabelNames { get; init; }

    // A missing list is an empty one.
    internal override IEnumerable<Slot> Slots => [new(Name, CellKind.Text, Missing.Category("none"))];

    internal override void Check()
    {
        base.Check();
        if (Missing != Missing.Refuse)
            throw new TableColumnException($"column '{Name}' lists labels, and an empty field is a row without labels; leave Missing out.");
        if (LabelNames is not null)
            Categories.CheckNames(Name, LabelNames);
    }

    internal override TargetEncoding Learn(Table train) => LabelListEncoding.Learn(this, train);
}

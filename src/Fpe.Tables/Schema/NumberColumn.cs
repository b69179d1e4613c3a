namespace Fpe.Tables;

/// <summary>A column of numbers, which becomes one value; with an indicator, it becomes two.</summary>
public sealed class NumberColumn : FeatureColumns
{
    /// <summary>Creates the feature.</summary>
    /// <param name="name">The name of the column.</param>
    public NumberColumn(string name)
        : base([name])
    {
    }

    /// <summary>Gets the name of the column.</summary>
    public string Name => Names[0];

    /// <summary>Gets whether a second value says if the number was missing: 1 if it was, otherwise 0.</summary>
    public bool HasIndicator { get; init; }

    internal override IEnumerable<Slot> Slots => [new(Name, CellKind.Number, Missing)];

    internal override void Check()
    {
        if (Missing.Treatment == MissingTreatment.Category)
            throw new TableColumnException($"column '{Name}' has numbers, whose missing values are not a category; use Missing.Mean, Missing.Median, Missing.Constant or Missing.DropRow.");
        if (HasIndicator && Missing.Treatment is MissingTreatment.Refuse or MissingTreatment.DropRow)
            throw new TableColumnException($"the indicator of column '{Name}' would always be 0, because no row with a missing value is used; choose Missing.Mean, Missing.Median or Missing.Constant, or leave the indicator out.");
    }

    internal override FeatureEncoding Learn(Table train) => NumberEncoding.Learn(this, train);
}

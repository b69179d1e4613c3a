namespace Fpe.Tables;

/// <summary>What is predicted: how values of one or more columns become classes or target values.</summary>
public abstract class TargetColumns
{
    private protected TargetColumns(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = Array.AsReadOnly([.. names]);
        if (Names.Count == 0)
            throw new TableColumnException("a target has no columns; pass at least one.");
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets what is done with rows without a target: they are refused, the default, or left out by <see cref="Missing.DropRow"/>.</summary>
    public Missing Missing { get; init; } = Missing.Refuse;

    /// <summary>The columns that are read.</summary>
    internal abstract IEnumerable<Slot> Slots { get; }

    /// <exception cref="TableColumnException">An option does not fit.</exception>
    internal virtual void Check()
    {
        if (Missing.Treatment is not (MissingTreatment.Refuse or MissingTreatment.DropRow))
            throw new TableColumnException($"column '{Names[0]}' is a target, which cannot be made up by {Missing}; use Missing.Refuse or Missing.DropRow.");
    }

    /// <summary>Learns from training rows how values become classes or target values.</summary>
    internal abstract TargetEncoding Learn(Table train);
}

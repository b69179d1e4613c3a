namespace Fpe.Tables;

/// <summary>A feature of a table: how values of one or more columns become values that a model reads.</summary>
public abstract class FeatureColumns
{
    private protected FeatureColumns(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Names = Array.AsReadOnly([.. names]);
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets what is done with missing values; they are refused by default.</summary>
    public Missing Missing { get; init; } = Missing.Refuse;

    /// <summary>The columns that are read.</summary>
    internal abstract IEnumerable<Slot> Slots { get; }

    /// <exception cref="TableColumnException">An option does not fit.</exception>
    internal abstract void Check();

    /// <summary>Learns from training rows how values become samples.</summary>
    internal abstract FeatureEncoding Learn(Table train);
}

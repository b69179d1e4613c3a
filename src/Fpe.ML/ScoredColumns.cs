using Microsoft.ML;

namespace Fpe.ML;

/// <summary>The columns of a row: those of the input, then those of the network.</summary>
internal sealed class ScoredColumns(ScoredMapper mapper, DataViewRow row)
{
    private RowScorer? scorer;

    /// <summary>Whether values of a column can be read.</summary>
    public bool IsActive(DataViewSchema.Column column) => column.Index < row.Schema.Count
        ? row.IsColumnActive(row.Schema[column.Index])
        : row.IsColumnActive(mapper.Network.FeaturesOf(row.Schema));

    /// <summary>Returns the getter of a column.</summary>
    public ValueGetter<TValue> GetterOf<TValue>(DataViewSchema.Column column)
    {
        if (column.Index < row.Schema.Count)
            return row.GetGetter<TValue>(row.Schema[column.Index]);
        scorer ??= new RowScorer(mapper.Network, row);
        return mapper.Outputs[column.Index - row.Schema.Count].GetterOf(scorer) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column {column.Name} has the type {column.Type}, but was read as {typeof(TValue)}.");
    }
}

using Microsoft.ML;

namespace Fpe.ML;

/// <summary>A data view with the columns that a network adds; rows are computed when they are read.</summary>
internal sealed class ScoredView(ScoredMapper mapper, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Scored(input.GetRowCursor(mapper.GetDependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. input.GetRowCursorSet(mapper.GetDependencies(needed), n, rand).Select(cursor => Scored(cursor, needed))];
    }

    private DataViewRowCursor Scored(DataViewRowCursor cursor, DataViewSchema.Column[] needed)
    {
        DataViewSchema.Column[] ofInput = [.. needed.Where(mapper.IsOfInput).DistinctBy(column => column.Index)];
        bool isScored = needed.Any(column => !mapper.IsOfInput(column));
        return isScored && BatchedCursor.Fits(ofInput) ? new BatchedCursor(mapper, cursor, ofInput) : new ScoredCursor(mapper, cursor);
    }
}

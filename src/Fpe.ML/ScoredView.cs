using Microsoft.ML;

namespace Fpe.ML;

/// <summary>A data view with the columns that a network adds; rows are computed when they are read.</summary>
internal sealed class ScoredView(ScoredMapper mapper, IDataView input) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => mapper.OutputSchema;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new ScoredCursor(mapper, input.GetRowCursor(mapper.GetDependencies(columnsNeeded), rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. input.GetRowCursorSet(mapper.GetDependencies(columnsNeeded), n, rand).Select(cursor => new ScoredCursor(mapper, cursor))];
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A cursor over the input with the columns that a network adds, which are computed row by row.</summary>
internal sealed class ScoredCursor(ScoredMapper mapper, DataViewRowCursor cursor) : DataViewRowCursor
{
    private readonly ScoredRow row = new(mapper, cursor);

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => cursor.Position;

    public override long Batch => cursor.Batch;

    public override bool MoveNext() => cursor.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => cursor.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            row.Dispose();
        base.Dispose(disposing);
    }
}

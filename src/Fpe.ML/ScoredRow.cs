using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A row of the input with the columns that a network adds.</summary>
internal sealed class ScoredRow(ScoredMapper mapper, DataViewRow row) : DataViewRow
{
    private readonly ScoredColumns columns = new(mapper, row);

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => row.Position;

    public override long Batch => row.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.GetterOf<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            row.Dispose();
        base.Dispose(disposing);
    }
}

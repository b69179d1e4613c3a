using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A row of the input with the columns that a network adds.</summary>
internal sealed class ScoredRow(ScoredMapper mapper, DataViewRow row) : DataViewRow
{
    private SingleRowOutputs? outputs;

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => row.Position;

    public override long Batch => row.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        row.IsColumnActive(mapper.IsOfInput(column) ? row.Schema[column.Index] : mapper.Network.FeaturesOf(row.Schema));

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => mapper.IsOfInput(column)
        ? row.GetGetter<TValue>(row.Schema[column.Index])
        : mapper.GetterOf<TValue>(column, outputs ??= new SingleRowOutputs(mapper.Network, row));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            row.Dispose();
        base.Dispose(disposing);
    }
}

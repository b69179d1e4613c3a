using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>
/// A cursor over the input with the columns that a network adds, which reads rows ahead, so that the network computes many at once. Columns
/// of the input are kept for these rows.
/// </summary>
/// <remarks>
/// The first batch is a single row, and each other twice as large as the one before, so that whoever reads few rows reads few ahead. An
/// error is thrown when its row is reached, as if it had not been read ahead. The network always computes as many rows, filled up with
/// zeros, because the last bits of a sum may depend on how many there are: so a row has the same bits wherever it is read.
/// </remarks>
internal sealed class BatchedCursor : DataViewRowCursor, IRowOutputs
{
    /// <summary>The number of rows that are computed at once; more are hardly faster, and delay the first one.</summary>
    public const int MaximumRows = 32;

    private readonly ScoredMapper mapper;
    private readonly DataViewRowCursor input;
    private readonly Numbers features;
    private readonly Dictionary<int, BufferedColumn> columns;
    private readonly ValueGetter<DataViewRowId> readId;
    private readonly DataViewRowId[] ids = new DataViewRowId[MaximumRows];
    private readonly long[] positions = new long[MaximumRows];
    private readonly long[] batches = new long[MaximumRows];
    private readonly float[] inputs;
    private readonly float[] outputs;
    private readonly int inputWidth;
    private readonly int outputWidth;
    private int size = 1;
    private int count;
    private int current = -1;
    private bool hasEnded;
    private ExceptionDispatchInfo? failure;

    /// <param name="mapper">The network and the columns that it adds.</param>
    /// <param name="input">The cursor over the input, whose active columns can be buffered.</param>
    /// <param name="active">The columns of the input that are read by whoever reads this cursor.</param>
    public BatchedCursor(ScoredMapper mapper, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> active)
    {
        this.mapper = mapper;
        this.input = input;
        features = new Numbers(input, mapper.Network.FeaturesOf(input.Schema));
        columns = active.ToDictionary(column => column.Index, column => BufferedColumn.Of(input, input.Schema[column.Index], MaximumRows));
        readId = input.GetIdGetter();
        inputWidth = features.Width;
        outputWidth = mapper.Network.Model.Plan.OutputCount;
        inputs = new float[MaximumRows * inputWidth];
        outputs = new float[MaximumRows * outputWidth];
    }

    public override DataViewSchema Schema => mapper.OutputSchema;

    public override long Position => IsOnRow ? positions[current] : -1;

    public override long Batch => IsOnRow ? batches[current] : input.Batch;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Current => outputs.AsSpan(RowOrThrow() * outputWidth, outputWidth);

    private bool IsOnRow => current >= 0 && current < count;

    /// <summary>Returns whether all columns can be kept for later rows: values are copied, and nothing has to be freed.</summary>
    public static bool Fits(IEnumerable<DataViewSchema.Column> active) => active.All(column => BufferedColumn.Fits(column.Type));

    public override bool MoveNext()
    {
        if (current < count)
            current++;
        return current < count || Fill();
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = ids[RowOrThrow()];

    public override bool IsColumnActive(DataViewSchema.Column column) => !mapper.IsOfInput(column) || columns.ContainsKey(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!mapper.IsOfInput(column))
            return mapper.GetterOf<TValue>(column, this);
        if (!columns.TryGetValue(column.Index, out BufferedColumn? buffered))
            throw new InvalidOperationException($"Column {column.Name} is not active; ask for it when the cursor is created.");
        return buffered.GetterOf(RowOrThrow) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column {column.Name} has the type {column.Type}, but was read as {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        (current, count) = (0, 0);
        failure?.Throw();
        while (count < size && !hasEnded && failure is null)
            ReadNext();
        if (count == 0)
        {
            failure?.Throw();
            return false;
        }

        size = Math.Min(2 * size, MaximumRows);
        inputs.AsSpan(count * inputWidth).Clear();
        mapper.Network.Compute(inputs, outputs);
        return true;
    }

    private void ReadNext()
    {
        try
        {
            hasEnded = !input.MoveNext();
            if (hasEnded)
                return;
            (positions[count], batches[count]) = (input.Position, input.Batch);
            readId(ref ids[count]);
            features.Read(input.Position, inputs.AsSpan(count * inputWidth, inputWidth));
            foreach (BufferedColumn column in columns.Values)
                column.Read(count);
            count++;
        }
        catch (Exception error)
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }
    }

    private int RowOrThrow() => IsOnRow ? current : throw new InvalidOperationException("The cursor is not on a row; call MoveNext first.");
}

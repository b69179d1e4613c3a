using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>Adds the columns of a network to rows of a schema.</summary>
internal sealed class ScoredMapper : IRowToRowMapper
{
    /// <exception cref="ColumnException">The features do not fit the model.</exception>
    public ScoredMapper(TrainedNetwork network, DataViewSchema input)
    {
        Network = network;
        InputSchema = input;
        network.FeaturesOf(input);
        Outputs = network.Task.Outputs(network.Model.Plan, network.Names, NextSet(input));
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(input);
        foreach (OutputColumn column in Outputs)
            schema.AddColumn(column.Name, column.Type, column.Annotations);
        OutputSchema = schema.ToSchema();
    }

    public TrainedNetwork Network { get; }

    /// <summary>The columns that are added, in order.</summary>
    public IReadOnlyList<OutputColumn> Outputs { get; }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new SortedSet<int>();
        foreach (DataViewSchema.Column column in dependingColumns)
            needed.Add(IsOfInput(column) ? column.Index : Network.FeaturesOf(InputSchema).Index);
        return needed.Select(index => InputSchema[index]);
    }

    /// <summary>Returns the getter of a column that is added.</summary>
    /// <param name="column">The column of <see cref="OutputSchema"/>.</param>
    /// <param name="outputs">The outputs of the rows.</param>
    public ValueGetter<TValue> GetterOf<TValue>(DataViewSchema.Column column, IRowOutputs outputs) =>
        Outputs[column.Index - InputSchema.Count].GetterOf(outputs) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column {column.Name} has the type {column.Type}, but was read as {typeof(TValue)}.");

    /// <summary>Whether a column is one of the input.</summary>
    public bool IsOfInput(DataViewSchema.Column column) => column.Index < InputSchema.Count;

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new ScoredRow(this, input);

    /// <summary>Columns that belong together have a number of their own.</summary>
    private static uint NextSet(DataViewSchema schema)
    {
        uint last = 0;
        foreach (DataViewSchema.Column column in schema)
        {
            uint set = 0;
            if (column.Annotations.Schema.GetColumnOrNull(ScoreAnnotations.Set) is null)
                continue;
            column.Annotations.GetValue(ScoreAnnotations.Set, ref set);
            last = Math.Max(last, set);
        }

        return last + 1;
    }
}

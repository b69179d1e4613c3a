using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>
/// A trained network as a transformer of ML.NET: it adds the columns that ML.NET's own trainers add. It is saved in and loaded from a
/// file of <see cref="ModelOperationsCatalog"/> with the rest of the pipeline. Any number of threads may use it.
/// </summary>
public sealed class NetworkTransformer : ISingleFeaturePredictionTransformer<Model>, IDisposable
{
    private readonly TrainedNetwork network;

    internal NetworkTransformer(TrainedNetwork network) => this.network = network;

    /// <summary>
    /// Gets the trained model, which can be saved or exported by itself; its meaning has the standardisation, so its predictions take rows
    /// as ML.NET's transforms gave them.
    /// </summary>
    public Model Model => network.Model;

    /// <summary>Gets the name of the column that is read.</summary>
    public string FeatureColumnName => network.Features;

    /// <summary>Gets the type of the column that is read.</summary>
    public DataViewType FeatureColumnType => new VectorDataViewType(NumberDataViewType.Single, Model.Plan.InputCount);

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>Returns the schema of a prediction.</summary>
    /// <exception cref="ColumnException">The features do not fit the model.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    /// <summary>Returns the data with predictions, which are computed when they are read.</summary>
    /// <exception cref="ColumnException">The features do not fit the model.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredView(Map(input.Schema), input);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => Model.Dispose();

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => MLNetAccess.Save(ctx, network.Write);

    private ScoredMapper Map(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new ScoredMapper(network, schema);
    }
}

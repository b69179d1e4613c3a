using Fpe.Compute;
using Fpe.Data;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Fpe.ML;

/// <summary>Trains a declared model as a trainer of ML.NET.</summary>
/// <typeparam name="TModel">The class of the model.</typeparam>
public sealed class NetworkTrainer<TModel> : IEstimator<NetworkTransformer>
    where TModel : Model, IModel<TModel>
{
    private readonly IHost host;
    private readonly NetworkTask task;

    internal NetworkTrainer(IHostEnvironment environment, NetworkTask task, NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.task = task;
        Options = options;
        host = environment.Register(typeof(TModel).Name);
        NetworkLoader.Add(host.ComponentCatalog, NameOfClass, Loader(options.Device));
    }

    /// <summary>Gets the options.</summary>
    public NetworkOptions Options { get; }

    internal static string NameOfClass => typeof(TModel).FullName!;

    private static ModelPlan Plan => TModel.Plan;

    /// <summary>Trains a model.</summary>
    /// <param name="input">The training data, which is read once and kept in memory as dense rows.</param>
    /// <exception cref="ColumnException">A column is missing, its type does not fit the model, or its keys stand for other values in the validation data.</exception>
    /// <exception cref="DatasetException">There are no rows, a value or label is missing, or the label of a regression is the same in all rows.</exception>
    /// <exception cref="TrainingOptionsException">An option does not fit.</exception>
    /// <exception cref="DivergenceException">Training diverged.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public NetworkTransformer Fit(IDataView input) => Fit(input, validation: null);

    /// <summary>Trains a model, and evaluates it after each epoch.</summary>
    /// <param name="input">The training data, which is read once and kept in memory as dense rows.</param>
    /// <param name="validation">The validation data; null to take <see cref="NetworkOptions.ValidationFraction"/> of the training data.</param>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public NetworkTransformer Fit(IDataView input, IDataView? validation)
    {
        ArgumentNullException.ThrowIfNull(input);
        KeyNames? names = KeyNames.Of(TrainedNetwork.Find(input.Schema, Options.LabelColumnName));
        if (validation is not null)
            KeyNames.RequireSame(Options.LabelColumnName, names, KeyNames.Of(TrainedNetwork.Find(validation.Schema, Options.LabelColumnName)));
        Rows train = Read(input, "training data");
        Rows? held = validation is null ? null : Read(validation, "validation data");
        if (held is null && Options.ValidationFraction > 0)
            (train, held) = train.Divide(Options.ValidationFraction, Options.Seed);

        TModel model = TModel.Create(Options.Seed, Options.Device ?? Device.Default);
        try
        {
            Dataset data = train.ToDataset();
            SetMeaning(model, data, names);
            Train(model, data, held?.ToDataset());
            return new NetworkTransformer(new TrainedNetwork(task, model, NameOfClass, Options.FeatureColumnName, names));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Returns the shape of a prediction.</summary>
    /// <exception cref="ColumnException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Find(inputSchema, Options.FeatureColumnName);
        SchemaShape.Column label = Find(inputSchema, Options.LabelColumnName);
        if (Options.ExampleWeightColumnName is { } weights)
            Find(inputSchema, weights);
        SchemaShape.Column? names = label.Annotations.Select(column => (SchemaShape.Column?)column).FirstOrDefault(column => column!.Value.Name == KeyNames.Annotation);
        KeyNames? unknown = names is { } values ? KeyNames.Unknown(label.Name, values.ItemType, Plan.OutputCount) : null;
        var outputs = new DataViewSchema.Builder();
        foreach (OutputColumn column in task.Outputs(Plan, unknown, set: 1))
            outputs.AddColumn(column.Name, column.Type, column.Annotations);
        SchemaShape added = MLNetAccess.ShapeOf(outputs.ToSchema());
        return new SchemaShape([.. inputSchema.Where(column => added.All(other => other.Name != column.Name)), .. added]);
    }

    internal static ModelLoader Loader(Device? device) => new(Plan, (stream, name) => ModelFile.Load<TModel>(stream, name, device));

    private static SchemaShape.Column Find(SchemaShape shape, string name) => shape.Any(column => column.Name == name)
        ? shape.First(column => column.Name == name)
        : throw new ColumnException(name, $"it does not exist; the columns are {string.Join(", ", shape.Select(column => column.Name))}.");

    // The model standardises its samples itself, in training and in prediction, and keeps the statistics in its files.
    private void SetMeaning(TModel model, Dataset train, KeyNames? names)
    {
        try
        {
            model.Meaning = new ModelMeaning
            {
                ClassNames = names?.ClassNames(Plan.OutputCount),
                Features = Options.Standardize ? Standardization.PerFeature(train) : null,
                Targets = Options.Standardize && task.StandardizesTargets ? Standardization.OfTargets(train) : null,
            };
        }
        catch (ModelMeaningException error) when (Options.Standardize)
        {
            throw new TrainingOptionsException(nameof(NetworkOptions.Standardize), $"it is on, but it does not fit the model ({error.Message}); turn it off for models that read tokens.");
        }
    }

    private void Train(TModel model, Dataset train, Dataset? validation)
    {
        using IChannel channel = host.Start("Training");
        using IProgressChannel progress = host.StartProgressChannel("Training");
        TrainingOptions options = Options.Training with { Loss = task.LossOf(Plan), Seed = Options.Training.Seed ?? Options.Seed };
        TrainingResult result = new Trainer(options, new ChannelObserver(channel, progress, options.Epochs)).Fit(model, train, validation, Options.Cancellation);
        if (result.StopReason == StopReason.Cancelled)
            throw new OperationCanceledException($"The fit of {Plan.Name} was cancelled after {result.Epochs.Count} of {options.Epochs} epochs.", Options.Cancellation);
    }

    private Rows Read(IDataView view, string name)
    {
        DataViewSchema.Column features = TrainedNetwork.FeaturesOf(view.Schema, Options.FeatureColumnName, Plan);
        DataViewSchema.Column label = TrainedNetwork.Find(view.Schema, Options.LabelColumnName);
        task.CheckLabel(label, Plan);

        DataViewSchema.Column? weight = Options.ExampleWeightColumnName is { } weightName ? ExampleWeights.Find(view.Schema, weightName) : null;

        using DataViewRowCursor cursor = view.GetRowCursor(weight is { } column ? [features, label, column] : [features, label]);
        var numbers = new Numbers(cursor, features);
        LabelReader labels = task.ReadLabel(cursor, label, Plan);
        ExampleWeights? weights = weight is { } known ? new ExampleWeights(cursor, known) : null;
        var values = new List<float>();
        var row = new float[numbers.Width];
        while (cursor.MoveNext())
        {
            Options.Cancellation.ThrowIfCancellationRequested();
            numbers.Read(cursor.Position, row);
            labels.Read(cursor.Position);
            weights?.Read(cursor.Position);
            values.AddRange(row);
        }

        if (values.Count == 0)
            throw new DatasetException($"The {name} of {Plan.Name}", "it has no rows; check the path, the filters and the header of the loader.");
        return new Rows($"The {name} of {Plan.Name}", numbers.Width, [.. values], labels.ToLabels(), weights?.ToArray());
    }
}

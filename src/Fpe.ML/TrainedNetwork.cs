using Fpe.Checkpoints;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A trained model with everything that a prediction needs, as it is saved.</summary>
/// <param name="Task">What it predicts.</param>
/// <param name="Model">The model.</param>
/// <param name="Class">The full name of its class.</param>
/// <param name="Features">The name of the column it reads.</param>
/// <param name="Names">What the classes stand for; null if they have no names.</param>
internal sealed record TrainedNetwork(NetworkTask Task, Model Model, string Class, string Features, KeyNames? Names)
{
    // Version 1, of which nothing was released, had the standardisation beside the model.
    private const int Version = 2;

    /// <summary>Finds the features and checks that they fit.</summary>
    /// <exception cref="ColumnException">They do not.</exception>
    public DataViewSchema.Column FeaturesOf(DataViewSchema schema) => FeaturesOf(schema, Features, Model.Plan);

    /// <summary>Finds the features and checks that they fit.</summary>
    /// <exception cref="ColumnException">They do not.</exception>
    public static DataViewSchema.Column FeaturesOf(DataViewSchema schema, string name, ModelPlan plan)
    {
        DataViewSchema.Column column = Find(schema, name);
        int width = Numbers.WidthOf(column.Type)
            ?? throw new ColumnException(name, $"its type is {column.Type}, but {plan.Name} reads a Vector<Single, {plan.InputCount}>; make one with mlContext.Transforms.Concatenate, after OneHotEncoding, FeaturizeText or ConvertType of what is no number.");
        if (width != plan.InputCount)
            throw new ColumnException(name, $"it has {width} values, but {plan.Name} reads {plan.InputCount}; declare [Model(inputs: {width})], or change the columns that are concatenated.");
        return column;
    }

    /// <summary>Finds a column.</summary>
    /// <exception cref="ColumnException">There is no such column.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name) => schema.GetColumnOrNull(name)
        ?? throw new ColumnException(name, $"it does not exist; the columns are {string.Join(", ", schema.Select(column => column.Name))}.");

    /// <summary>Computes the outputs of rows as they were read; those of a regression are in units of its label.</summary>
    /// <param name="rows">The rows, which are standardised in place.</param>
    /// <param name="outputs">Receives the outputs row by row.</param>
    public void Compute(Span<float> rows, Span<float> outputs)
    {
        ModelMeaning meaning = Model.Meaning;
        meaning.Features?.Apply(rows, rows);
        Model.Forward(rows, outputs);
        meaning.Targets?.Invert(outputs, outputs);
    }

    /// <summary>Writes the network.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(Class);
        writer.Write(Array.IndexOf(NetworkTask.All, Task));
        writer.Write(Features);
        KeyNames.Write(writer, Names);
        using var model = new MemoryStream();
        Model.Save(model);
        writer.Write(checked((int)model.Length));
        writer.Write(model.GetBuffer(), 0, (int)model.Length);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="load">Loads a model of the class that is named first, from a stream that is named second.</param>
    /// <exception cref="ModelFileException">It was written by another version, is damaged, or the class is declared otherwise now.</exception>
    public static TrainedNetwork Read(BinaryReader reader, Func<string, ModelLoader> load)
    {
        int version = reader.ReadInt32();
        if (version != Version)
            throw new ModelFileException($"The network has format version {version}, but this version of Fpe.ML reads version {Version}; {(version > Version ? "update the package" : "train it again")}.");
        string name = reader.ReadString();
        ModelLoader loader = load(name);
        int task = reader.ReadInt32();
        string features = reader.ReadString();
        KeyNames? names = KeyNames.Read(reader);
        int length = reader.ReadInt32();
        var content = new MemoryStream();
        reader.BaseStream.CopyTo(content);
        if (content.Length != length)
            throw new ModelFileException($"The network in the file of ML.NET is damaged (its model has {content.Length} bytes instead of {length}); save the model again.");
        content.Position = 0;
        return new TrainedNetwork(NetworkTask.All[task], Load(loader, content, name), name, features, names);
    }

    private static Model Load(ModelLoader loader, Stream content, string name)
    {
        try
        {
            return loader.Load(content, $"{name} in the file of ML.NET");
        }
        catch (CheckpointMismatchException error)
        {
            throw new ModelFileException($"The network in the file of ML.NET is of the class {name} as it was when it was saved, and {loader.Plan.Name} is declared otherwise now ({error.Message}); declare it as it was, or train it again.", error);
        }
        catch (CheckpointUnsupportedException error)
        {
            throw new ModelFileException($"The network in the file of ML.NET cannot be read by this version ({error.Message}); update the package.", error);
        }
    }
}

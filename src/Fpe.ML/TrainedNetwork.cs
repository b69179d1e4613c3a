using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A trained model with everything that a prediction needs, as it is saved.</summary>
/// <param name="Task">What it predicts.</param>
/// <param name="Model">The model.</param>
/// <param name="Class">The full name of its class.</param>
/// <param name="Features">The name of the column it reads.</param>
/// <param name="Names">What the classes stand for; null if they have no names.</param>
/// <param name="Scale">How features are standardised; null if they are not.</param>
/// <param name="TargetScale">How the targets of a regression were standardised; null if they were not.</param>
internal sealed record TrainedNetwork(NetworkTask Task, Model Model, string Class, string Features, KeyNames? Names, Scale? Scale, Scale? TargetScale)
{
    private const int Version = 1;

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

    /// <summary>Writes the network.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(Class);
        writer.Write(Array.IndexOf(NetworkTask.All, Task));
        writer.Write(Features);
        KeyNames.Write(writer, Names);
        WriteScale(Scale);
        WriteScale(TargetScale);
        using var model = new MemoryStream();
        Model.Save(model);
        writer.Write(checked((int)model.Length));
        writer.Write(model.GetBuffer(), 0, (int)model.Length);

        void WriteScale(Scale? scale)
        {
            writer.Write(scale is not null);
            scale?.Write(writer);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="load">Loads a model of the class that is named first, from a stream that is named second.</param>
    /// <exception cref="ModelFileException">It was written by a later version, or is damaged.</exception>
    public static TrainedNetwork Read(BinaryReader reader, Func<string, ModelLoader> load)
    {
        int version = reader.ReadInt32();
        if (version != Version)
            throw new ModelFileException($"The network has format version {version}, but this version of Fpe.ML reads version {Version}; update the package.");
        string name = reader.ReadString();
        ModelLoader loader = load(name);
        int task = reader.ReadInt32();
        string features = reader.ReadString();
        KeyNames? names = KeyNames.Read(reader);
        Scale? scale = ReadScale(loader.Plan.InputCount);
        Scale? targetScale = ReadScale(loader.Plan.OutputCount);
        int length = reader.ReadInt32();
        var content = new MemoryStream();
        reader.BaseStream.CopyTo(content);
        if (content.Length != length)
            throw new ModelFileException($"The network in the file of ML.NET is damaged (its model has {content.Length} bytes instead of {length}); save the model again.");
        content.Position = 0;
        return new TrainedNetwork(NetworkTask.All[task], loader.Load(content, $"{name} in the file of ML.NET"), name, features, names, scale, targetScale);

        Scale? ReadScale(int width) => reader.ReadBoolean() ? Scale.Read(reader, width) : null;
    }
}

using System.Text.Json;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Files;
using static System.FormattableString;

namespace Fpe.Tables;

/// <summary>
/// What was learned from training rows: the categories, the replacements of missing values and the names of classes. It makes samples of
/// the training rows and of all others, also of single rows to predict, and is saved beside the model.
/// </summary>
public sealed class TableEncoding
{
    private readonly FeatureEncoding[] features;
    private readonly TargetEncoding? target;

    private TableEncoding(FeatureEncoding[] features, TargetEncoding? target)
    {
        this.features = features;
        this.target = target;
        Schema = new TableSchema([.. features.Select(feature => feature.Feature)]) { Target = target?.Target };
        FeatureNames = Array.AsReadOnly([.. features.SelectMany(feature => feature.ValueNames)]);
    }

    /// <summary>Gets the schema by which other rows are read; categories and class names that were learned are part of it.</summary>
    public TableSchema Schema { get; }

    /// <summary>Gets the number of values per sample, which the model reads.</summary>
    public int FeatureCount => FeatureNames.Count;

    /// <summary>Gets the name of each value, such as <c>size</c>, <c>size is missing</c> or <c>city = Rome</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Gets the names of classes, labels or target values, in the order of the outputs; null without a target.</summary>
    public IReadOnlyList<string>? TargetNames => target?.Names;

    /// <summary>Gets the number of different tokens of each feature of tokens, in their order: the vocabulary that its input declares.</summary>
    public IReadOnlyList<int> Vocabularies => [.. features.Where(feature => feature.Vocabulary is not null).Select(feature => feature.Vocabulary!.Value)];

    /// <summary>Learns from training rows.</summary>
    /// <param name="train">The training rows, with their target if the schema has one.</param>
    /// <exception cref="TableColumnException">A column has nothing to learn from, or a class has no rows.</exception>
    public static TableEncoding Learn(Table train)
    {
        ArgumentNullException.ThrowIfNull(train);
        return new TableEncoding([.. train.Schema.Features.Select(feature => feature.Learn(train))], train.Schema.Target?.Learn(train));
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file cannot be read, is damaged, or was written by another version.</exception>
    public static TableEncoding Load(string path)
    {
        using FileStream stream = DataFile.OpenWhole(path);
        try
        {
            // A later version may have what this one does not know, so its number is read first and on its own.
            int format = (JsonSerializer.Deserialize(stream, EncodingJson.Default.EncodingFormat) ?? throw new JsonException("It is null.")).Format;
            if (format > EncodingRecord.CurrentFormat)
                throw new FileUnsupportedException(path, default, Invariant($"it has format {format}, but this library reads {EncodingRecord.CurrentFormat}; update the library."));
            if (format < EncodingRecord.CurrentFormat)
                throw Corrupt(path, Invariant($"it has format {format}, which no version has written"));
            stream.Position = 0;
            EncodingRecord record = JsonSerializer.Deserialize(stream, EncodingJson.Default.EncodingRecord) ?? throw new JsonException("It is null.");
            FeatureEncoding[] features = [.. record.Features.Select((feature, index) => feature?.ToEncoding() ?? throw Corrupt(path, Invariant($"feature {index} is not complete")))];
            return new TableEncoding(features, record.Target is { } target ? target.ToEncoding() ?? throw Corrupt(path, "its target is not complete") : null);
        }
        catch (JsonException error)
        {
            throw Corrupt(path, $"it is not an encoding of a table: {error.Message}", error);
        }
        catch (TableColumnException error)
        {
            throw Corrupt(path, error.Message, error);
        }
    }

    /// <summary>Writes a file, which <see cref="Load"/> reads; an existing one is replaced as a whole.</summary>
    /// <param name="path">The file, such as <c>flats.columns.json</c>.</param>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    public void Save(string path)
    {
        var record = new EncodingRecord(EncodingRecord.CurrentFormat, [.. features.Select(feature => feature.ToRecord())], target?.ToRecord());
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, record, EncodingJson.Default.EncodingRecord));
    }

    /// <summary>Makes samples of rows, to train or to evaluate a model.</summary>
    /// <param name="table">Rows with their target, read by <see cref="Schema"/>.</param>
    /// <exception cref="TableColumnException">A column was not read, or the schema has no target.</exception>
    /// <exception cref="MissingValueException">A value is missing that nothing replaces.</exception>
    /// <exception cref="UnknownCategoryException">A category, class or label is not known.</exception>
    public Dataset Apply(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (target is null)
            throw new TableColumnException(table.Name, "the schema has no target; set TableSchema.Target, or use Rows to predict.");
        TargetValues targets = target.Read(table);
        float[] samples = Rows(table);
        return Array.TrueForAll(features, feature => feature.Vocabulary is null)
            ? targets.With(table.Name, FeatureCount, samples)
            : Dataset.Join(table.Name, [.. Parts(table, samples, targets)]);
    }

    /// <summary>Makes samples of rows to predict.</summary>
    /// <param name="table">Rows, read by <see cref="Schema"/> or, if they have no target, by <see cref="TableSchema.WithoutTarget"/> of it.</param>
    /// <returns>The samples row by row: [rows, <see cref="FeatureCount"/>], which the methods of a model that predict take.</returns>
    /// <exception cref="TableColumnException">A column was not read.</exception>
    /// <exception cref="MissingValueException">A value is missing that nothing replaces.</exception>
    /// <exception cref="UnknownCategoryException">A category is not known.</exception>
    /// <exception cref="DatasetException">The samples do not fit into one array.</exception>
    public float[] Rows(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        long length = (long)table.Count * FeatureCount;
        if (length > Array.MaxLength)
            throw new DatasetException(table.Name, Invariant($"{table.Count} rows of {FeatureCount} values exceed the {Array.MaxLength} values that fit into memory; divide the table, or use tokens for columns with many categories."));
        var samples = new float[length];
        int first = 0;
        foreach (FeatureEncoding feature in features)
        {
            feature.Write(table, samples, first, FeatureCount);
            first += feature.Width;
        }

        return samples;
    }

    /// <summary>Makes a sample of one row to predict.</summary>
    /// <param name="values">
    /// The value of each column of the features: a number, a Boolean, a text, or null if it is missing. Other entries are ignored.
    /// </param>
    /// <returns>The sample: <see cref="FeatureCount"/> values.</returns>
    /// <exception cref="TableColumnException">A column has no entry, or its value has another type.</exception>
    /// <exception cref="TableValueException">A value cannot be used, or is missing and nothing replaces it.</exception>
    public float[] Row(IReadOnlyDictionary<string, object?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        const string Name = "the row";
        var builder = new TableBuilder(Name, Schema.WithoutTarget(), format: null, dropsRows: false);
        builder.StartRow(default);
        for (int column = 0; column < builder.Columns.Count; column++)
        {
            string key = builder.Columns[column];
            if (!values.TryGetValue(key, out object? value))
                throw new TableColumnException(Name, $"it has no entry for column '{key}'; add it, with null if the value is missing.");
            Set(builder, column, key, value);
        }

        builder.EndRow();
        return Rows(builder.ToTable());

        static void Set(TableBuilder builder, int column, string key, object? value)
        {
            switch (value)
            {
                case null: break;
                case string text: builder.SetText(column, text); break;
                case bool flag: builder.SetBoolean(column, flag); break;
                case double number: builder.SetNumber(column, number); break;
                case float number: builder.SetNumber(column, number); break;
                case Half number: builder.SetNumber(column, number); break;
                case decimal number: builder.SetNumber(column, number); break;
                case ulong number: builder.SetNumber(column, number); break;
                case sbyte or byte or short or ushort or int or uint or long: builder.SetNumber(column, Convert.ToInt64(value, null)); break;
                default: throw new TableColumnException(Name, $"the entry for column '{key}' is a {value.GetType().Name}; pass a number, a Boolean, a text, or null.");
            }
        }
    }

    /// <summary>
    /// Returns what the outputs of a model mean that is trained on these samples: its task, the names of its classes, and the
    /// standardisation of numbers, and of targets of a regression, which is measured here. Categories and indicators stay 0 and 1.
    /// </summary>
    /// <param name="train">The samples that <see cref="Apply"/> made of the training rows.</param>
    /// <exception cref="DatasetException">The samples have another width, or a target is the same for all of them.</exception>
    public ModelMeaning MeaningOf(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.FeatureCount != FeatureCount)
            throw new DatasetException(train.Name, Invariant($"its samples have {train.FeatureCount} values, but those of this encoding have {FeatureCount}; pass the samples that it made of the training rows."));
        bool[] isMeasured = [.. features.SelectMany(feature => Enumerable.Range(0, feature.Width).Select(feature.IsMeasured))];
        return new ModelMeaning
        {
            Task = target?.Task,
            ClassNames = target?.Names,
            Features = isMeasured.Contains(true) ? Standardization.PerFeature(train, feature => isMeasured[feature]) : null,
            Targets = target?.Task == ModelTask.Regression ? Standardization.OfTargets(train) : null,
        };
    }

    private static FileCorruptException Corrupt(string path, string problem, Exception? error = null) =>
        new(path, default, $"{problem.TrimEnd('.', ';')}; save it again.", error);

    /// <summary>Returns the parts of samples: features of numbers that follow each other, or tokens of one vocabulary.</summary>
    private IEnumerable<Dataset> Parts(Table table, float[] samples, TargetValues targets)
    {
        int first = 0;
        for (int f = 0; f < features.Length;)
        {
            int width = features[f].Width;
            int? vocabulary = features[f++].Vocabulary;
            for (; vocabulary is null && f < features.Length && features[f].Vocabulary is null; f++)
                width += features[f].Width;
            yield return vocabulary is { } tokens
                ? targets.With(table.Name, TokenRows.Of(table.Name, width, tokens, [.. Enumerable.Range(0, table.Count).Select(row => Array.ConvertAll(Slice(samples, row, first, width), value => (int)value))]))
                : targets.With(table.Name, width, [.. Enumerable.Range(0, table.Count).SelectMany(row => Slice(samples, row, first, width))]);
            first += width;
        }
    }

    private float[] Slice(float[] samples, int row, int first, int width) => samples.AsSpan((row * FeatureCount) + first, width).ToArray();
}

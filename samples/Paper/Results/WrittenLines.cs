using System.Text;
using System.Text.Json;
using Fpe.Cli.Results;

namespace Samples.Paper.Results;

/// <summary>
/// Reads lines as this version writes them, with all properties in the order of their declaration, several times as fast as
/// <see cref="JsonSerializer"/>. It reads nothing that the serializer would not read in the same way; all other lines are left to that.
/// </summary>
/// <param name="keepsLosses">Whether losses are kept, or only checked.</param>
internal sealed class WrittenLines(bool keepsLosses)
{
    private const int UsualBins = 20;

    private readonly PartCache<Setting> settings = new(ResultsJson.Default.Setting, setting => setting.Key);
    private readonly PartCache<Variant> variants = new(ResultsJson.Default.Variant, variant => variant.Key);

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without the line break.</param>
    /// <returns>The key of the run and its result; null if the line is damaged, or has another form.</returns>
    public (string Key, RunResult Result)? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = new OrderedJson(line);
            return ReadLine(ref json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private (string Key, RunResult Result)? ReadLine(ref OrderedJson json)
    {
        if (!json.Begin() || !json.Text("key"u8, out ReadOnlySpan<byte> writtenKey) || !json.Begin("result"u8))
            return null;
        if (ReadConfiguration(ref json) is not var (key, configuration) || !Ascii.Equals(writtenKey, key))
            return null;
        Measurement? measurement = null;
        if (json.IsNext("measurement"u8) && (measurement = ReadMeasurement(ref json)) is null)
            return null;
        Divergence? divergence = null;
        if (json.IsNext("divergence"u8) && (divergence = ReadDivergence(ref json)) is null)
            return null;
        List<double>? losses = keepsLosses ? new(LossCurve.MaximumPoints) : null;
        if (!json.Numbers("loss"u8, losses) || !json.Number("seconds"u8, out double seconds) || !json.End() || !json.End() || !json.IsAtEnd)
            return null;
        return (key, new RunResult { Configuration = configuration, Measurement = measurement, Divergence = divergence, Loss = losses ?? [], Seconds = seconds });
    }

    private (string Key, RunConfiguration Configuration)? ReadConfiguration(ref OrderedJson json)
    {
        if (!json.Begin("configuration"u8) || !json.Object("setting"u8, out ReadOnlySpan<byte> setting) || !json.Object("variant"u8, out ReadOnlySpan<byte> variant)
            || !json.Integer("seed"u8, out long seed) || !json.End())
            return null;
        (Setting Part, string Key) ofSetting = settings.Read(setting);
        (Variant Part, string Key) ofVariant = variants.Read(variant);
        return (RunConfiguration.KeyOf(ofSetting.Key, ofVariant.Key, seed), new RunConfiguration(ofSetting.Part, ofVariant.Part, seed));
    }

    private static Measurement? ReadMeasurement(ref OrderedJson json)
    {
        if (!json.Begin("measurement"u8)
            || !json.Number("testAccuracy"u8, out double testAccuracy) || !json.Number("trainAccuracy"u8, out double trainAccuracy)
            || !json.Integer("denseWeights"u8, out long denseWeights) || !json.Integer("denseBiases"u8, out long denseBiases)
            || !json.Integer("weights"u8, out long weights) || !json.Integer("biases"u8, out long biases)
            || ReadInterference(ref json) is not { } interference)
            return null;
        ClauseMeasures? clauses = null;
        if (json.IsNext("clauses"u8) && (clauses = ReadClauses(ref json)) is null)
            return null;
        LayerPictures? pictures = null;
        if (json.IsNext("pictures"u8) && (pictures = ReadPictures(ref json)) is null)
            return null;
        return !json.End() ? null : new Measurement
        {
            TestAccuracy = testAccuracy,
            TrainAccuracy = trainAccuracy,
            DenseWeights = denseWeights,
            DenseBiases = denseBiases,
            Weights = weights,
            Biases = biases,
            Interference = interference,
            Clauses = clauses,
            Pictures = pictures,
        };
    }

    private static InterferenceMeasures? ReadInterference(ref OrderedJson json)
    {
        var histogram = new List<int>(UsualBins);
        return !json.Begin("interference"u8)
            || !json.Number("capacity"u8, out double capacity) || !json.Number("cosine"u8, out double cosine)
            || !json.Number("absoluteCosine"u8, out double absoluteCosine) || !json.Number("featuresPerNeuron"u8, out double featuresPerNeuron)
            || !json.Integers("capacityHistogram"u8, histogram) || !json.Integer("unusedInputs"u8, out int unusedInputs) || !json.End()
            ? null
            : new InterferenceMeasures
            {
                Capacity = capacity,
                Cosine = cosine,
                AbsoluteCosine = absoluteCosine,
                FeaturesPerNeuron = featuresPerNeuron,
                CapacityHistogram = histogram,
                UnusedInputs = unusedInputs,
            };
    }

    private static ClauseMeasures? ReadClauses(ref OrderedJson json) =>
        !json.Begin("clauses"u8)
        || !json.Integer("covered"u8, out int covered) || !json.Number("expectedCovered"u8, out double expectedCovered)
        || !json.Integer("collisions"u8, out long collisions) || !json.Number("expectedCollisions"u8, out double expectedCollisions) || !json.End()
        ? null
        : new ClauseMeasures { Covered = covered, ExpectedCovered = expectedCovered, Collisions = collisions, ExpectedCollisions = expectedCollisions };

    private static Divergence? ReadDivergence(ref OrderedJson json) =>
        json.Begin("divergence"u8) && json.Integer("epoch"u8, out int epoch) && json.Integer("step"u8, out int step) && json.End()
        ? new Divergence(epoch, step)
        : null;

    // Only a few runs have pictures.
    private static LayerPictures? ReadPictures(ref OrderedJson json) =>
        json.Object("pictures"u8, out ReadOnlySpan<byte> pictures) ? JsonSerializer.Deserialize(pictures, ResultsJson.Default.LayerPictures) : null;
}

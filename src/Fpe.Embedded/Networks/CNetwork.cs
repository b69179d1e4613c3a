using System.Text;
using Fpe.Counting;
using Fpe.Embedded.Source;
using Fpe.Quantization;

namespace Fpe.Embedded.Networks;

/// <summary>A network as it is written: steps, and where their values lie.</summary>
/// <param name="Plan">The model.</param>
/// <param name="Meaning">What its numbers mean.</param>
/// <param name="Format">Its numbers.</param>
/// <param name="Steps">The steps, from the sample to the outputs.</param>
/// <param name="Input">How the bytes of a sample stand for its numbers; null for floating-point numbers.</param>
/// <param name="Classes">How a class follows; null if the task has no single class.</param>
internal sealed record CNetwork(
    ModelPlan Plan, ModelMeaning Meaning, NumberFormat Format, IReadOnlyList<CStep> Steps, ValueScale? Input, ClassRule? Classes)
{
    /// <summary>The bytes of a floating-point number, or of a sum.</summary>
    public const int WordBytes = 4;

    /// <summary>The type of values between layers.</summary>
    public string ValueType => Format == NumberFormat.Int8 ? "uint8_t" : "float";

    /// <summary>The type of the scratch memory.</summary>
    public string ScratchType => Format == NumberFormat.Int8 ? "int32_t" : "float";

    /// <summary>The bytes of all tables.</summary>
    public long TableBytes => Steps.SelectMany(step => step.Tables).Sum(table => table.Bytes) + StandardizationBytes + ClassNameBytes;

    /// <summary>The bytes of the tables by which samples are standardised.</summary>
    public long StandardizationBytes => Meaning.Features is { } features ? SampleTables.Of(features).Sum(table => table.Bytes) : 0;

    /// <summary>The bytes of the names of the classes: a pointer of 32 bits, and a text that ends with a 0, for each.</summary>
    public long ClassNameBytes => Meaning.ClassNames is { } names ? names.Sum(name => WordBytes + EdgeTables.Padded(Encoding.UTF8.GetByteCount(name) + 1)) : 0;

    /// <summary>The bytes of the scratch memory.</summary>
    public long ScratchBytes =>
        ByteCounts.ScratchOf([.. Writers().SkipLast(1).Select(step => (long)Steps[step].Width)], Plan.OutputCount, Format);

    /// <summary>
    /// Where the value of a step that writes scratch memory begins, in bytes: values are at the end and at the beginning in turn, such that
    /// the sums of the last layer are at the beginning.
    /// </summary>
    public long OffsetOf(int step)
    {
        IReadOnlyList<int> writers = Writers();
        int fromLast = writers.Count - 1 - writers.TakeWhile(writer => writer != step).Count();
        return fromLast % 2 == 0 ? 0 : ScratchBytes - (Steps[step].Width * (long)(Format == NumberFormat.Int8 ? 1 : WordBytes));
    }

    /// <summary>The steps that write a value of their own: products, and whatever reads the caller's sample.</summary>
    public IReadOnlyList<int> Writers() => [.. Enumerable.Range(0, Steps.Count).Where(step => step == 0 || !Steps[step].WorksInPlace)];
}

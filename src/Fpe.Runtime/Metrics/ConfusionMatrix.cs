using System.Globalization;
using System.Text;

namespace Fpe.Metrics;

/// <summary>How many samples of each class are predicted as each class.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The largest number of classes whose counts fit into an array.</summary>
    private const int MaximumClasses = 46_340;

    private readonly long[] counts;
    private readonly IReadOnlyList<string>? names;

    /// <summary>Counts samples.</summary>
    /// <param name="truth">The class of each sample.</param>
    /// <param name="predicted">The predicted class of each sample.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="names">The names of the classes; null if they have none.</param>
    /// <exception cref="ArgumentException">The lengths differ, a class does not exist, or there are more than 46,340 classes.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted, int classCount, IReadOnlyList<string>? names = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (classCount > MaximumClasses)
            throw new ArgumentException($"{classCount} classes exceed the maximum of {MaximumClasses}, whose counts fit into an array; use metrics without a confusion matrix, such as Accuracy, or fewer classes.", nameof(classCount));
        if (truth.Length != predicted.Length)
            throw new ArgumentException($"{truth.Length} classes, but {predicted.Length} predictions; pass one for each sample.", nameof(predicted));
        if (names is not null && names.Count != classCount)
            throw new ArgumentException($"{names.Count} names, but {classCount} classes; pass one for each.", nameof(names));
        ClassCount = classCount;
        this.names = names;
        counts = new long[classCount * classCount];
        for (int s = 0; s < truth.Length; s++)
        {
            if ((uint)truth[s] >= (uint)classCount || (uint)predicted[s] >= (uint)classCount)
                throw new ArgumentException($"Sample {s} has class {truth[s]} and prediction {predicted[s]}, but classes are 0 to {classCount - 1}.", nameof(truth));
            counts[(truth[s] * classCount) + predicted[s]]++;
        }
    }

    /// <summary>Gets the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>Gets the number of samples.</summary>
    public long Total => counts.Sum();

    /// <summary>Gets the fraction of samples that are predicted correctly; 0 if there are none.</summary>
    public double Accuracy => Total == 0 ? 0 : (double)Enumerable.Range(0, ClassCount).Sum(c => this[c, c]) / Total;

    /// <summary>Gets how many samples of a class are predicted as a class.</summary>
    /// <param name="truth">The class of the samples.</param>
    /// <param name="predicted">The class that is predicted.</param>
    public long this[int truth, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)ClassCount, nameof(truth));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)ClassCount, nameof(predicted));
            return counts[(truth * ClassCount) + predicted];
        }
    }

    /// <summary>Returns how well a class is predicted.</summary>
    /// <param name="index">The class.</param>
    public ClassScores ScoresOf(int index)
    {
        long own = this[index, index];
        long predicted = Enumerable.Range(0, ClassCount).Sum(truth => this[truth, index]);
        long support = Enumerable.Range(0, ClassCount).Sum(prediction => this[index, prediction]);
        return new ClassScores(own, predicted - own, support - own);
    }

    /// <summary>Returns a table: a row for each class of samples, a column for each prediction.</summary>
    public override string ToString()
    {
        string[] labels = [.. Enumerable.Range(0, ClassCount).Select(c => names?[c] ?? c.ToString(CultureInfo.InvariantCulture))];
        const string Corner = "true \\ predicted";
        int first = Math.Max(Corner.Length, labels.Max(label => label.Length));
        int[] widths = [.. Enumerable.Range(0, ClassCount).Select(c => Math.Max(labels[c].Length, Enumerable.Range(0, ClassCount).Max(truth => Text(truth, c).Length)))];
        var table = new StringBuilder(Corner.PadRight(first));
        for (int c = 0; c < ClassCount; c++)
            table.Append("  ").Append(labels[c].PadLeft(widths[c]));
        for (int truth = 0; truth < ClassCount; truth++)
        {
            table.Append('\n').Append(labels[truth].PadRight(first));
            for (int c = 0; c < ClassCount; c++)
                table.Append("  ").Append(Text(truth, c).PadLeft(widths[c]));
        }

        return table.ToString();
    }

    private string Text(int truth, int predicted) => this[truth, predicted].ToString("#,0", CultureInfo.InvariantCulture);
}

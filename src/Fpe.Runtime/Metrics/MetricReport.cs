using System.Globalization;
using System.Text;
using Fpe.Data;
using static System.FormattableString;

namespace Fpe.Metrics;

/// <summary>
/// How good predictions are. Definitions are those of scikit-learn. A metric that does not fit the task is an error, as is one that has no
/// value for the data, such as the area of a class without samples.
/// </summary>
public sealed class MetricReport
{
    /// <summary>Probabilities are kept this far from 0 and 1 in <see cref="LogLoss"/>: the precision of 32-bit numbers.</summary>
    private const double Clip = 1.0 / (1 << 23);

    private readonly string name;
    private readonly ModelMeaning meaning;
    private readonly float[] outputs;
    private readonly float[] truth;
    private readonly int width;

    /// <param name="name">The name of the data, for messages.</param>
    /// <param name="meaning">The meaning of the model, with a task.</param>
    /// <param name="width">The number of outputs.</param>
    /// <param name="outputs">Logits, whose order is not lost by rounding as that of probabilities is, or values in their units: [count, width].</param>
    /// <param name="truth">The class of each sample for one of several classes; otherwise, the target values: [count, width].</param>
    internal MetricReport(string name, ModelMeaning meaning, int width, float[] outputs, float[] truth)
    {
        this.name = name;
        this.meaning = meaning;
        this.width = width;
        this.outputs = outputs;
        this.truth = truth;
        Task = meaning.Task!.Value;
    }

    /// <summary>Gets the task.</summary>
    public ModelTask Task { get; }

    /// <summary>Gets the number of samples.</summary>
    public int Count => outputs.Length / width;

    /// <summary>
    /// Gets the fraction of samples that are predicted correctly; of multi-label classification, those all of whose labels are.
    /// </summary>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    public double Accuracy
    {
        get
        {
            Metric.Accuracy.Require(Task);
            return (double)Enumerable.Range(0, Count).Count(IsCorrect) / Count;
        }
    }

    /// <summary>
    /// Gets the mean of −ln p, with the probability p of what is true, kept 2⁻²³ from 0 and 1; of multi-label classification over all labels.
    /// </summary>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    public double LogLoss
    {
        get
        {
            Metric.LogLoss.Require(Task);
            return Task == ModelTask.Classification
                ? Enumerable.Range(0, Count).Average(s => LossOf(OutputProbabilities.LogOdds(RowOf(s), (int)truth[s])))
                : outputs.Zip(truth).Average(pair => LossOf(pair.Second > 0.5f ? pair.First : -pair.First));
        }
    }

    /// <summary>Gets how many samples of each class are predicted as each class.</summary>
    /// <exception cref="TaskMismatchException">A sample has no single class.</exception>
    public ConfusionMatrix ConfusionMatrix => Task is ModelTask.Classification or ModelTask.BinaryClassification
        ? new ConfusionMatrix([.. Enumerable.Range(0, Count).Select(s => (int)truth[s])], [.. Enumerable.Range(0, Count).Select(ClassOf)], Math.Max(2, width), meaning.ClassNames)
        : throw new TaskMismatchException(nameof(ConfusionMatrix), $"it does not fit {Task.Text()}, which predicts no single class; use {(Task == ModelTask.MultiLabel ? nameof(ScoresByClass) : "RSquared, MeanAbsoluteError, RootMeanSquaredError")}.");

    /// <summary>Gets precision, recall and F1 of each class or label.</summary>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    public IReadOnlyList<ClassScores> ScoresByClass
    {
        get
        {
            Metric.F1.Require(Task);
            if (Task == ModelTask.MultiLabel)
                return [.. Enumerable.Range(0, width).Select(ScoresOfLabel)];
            ConfusionMatrix matrix = ConfusionMatrix;
            return [.. Enumerable.Range(0, matrix.ClassCount).Select(matrix.ScoresOf)];
        }
    }

    /// <summary>
    /// Gets the area under the receiver operating characteristic: of class 1 if there are two classes, otherwise the mean over classes or
    /// labels, each against the rest.
    /// </summary>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    /// <exception cref="DatasetException">All samples have a class, or none has it.</exception>
    public double RocAuc => MeanOverClasses(Metric.RocAuc, (scores, truth) => BinaryRanking.RocAuc(scores, truth));

    /// <summary>
    /// Gets the sum over the steps of the precision-recall curve: of class 1 if there are two classes, otherwise the mean over classes or
    /// labels.
    /// </summary>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    /// <exception cref="DatasetException">A class has no samples.</exception>
    public double AveragePrecision => MeanOverClasses(Metric.AveragePrecision, (scores, truth) => BinaryRanking.AveragePrecision(scores, truth));

    /// <summary>Gets 1 − the sum of squared errors / that of differences from the mean, averaged over targets.</summary>
    /// <exception cref="TaskMismatchException">The task is not regression.</exception>
    /// <exception cref="DatasetException">A target has the same value for all samples.</exception>
    public double RSquared
    {
        get
        {
            Metric.RSquared.Require(Task);
            return Enumerable.Range(0, width).Average(RSquaredOf);
        }
    }

    /// <summary>Gets the mean absolute error over all targets, in their units.</summary>
    /// <exception cref="TaskMismatchException">The task is not regression.</exception>
    public double MeanAbsoluteError
    {
        get
        {
            Metric.MeanAbsoluteError.Require(Task);
            return outputs.Zip(truth).Average(pair => Math.Abs((double)pair.First - pair.Second));
        }
    }

    /// <summary>Gets the root of the mean squared error of each target in its units, averaged over targets.</summary>
    /// <exception cref="TaskMismatchException">The task is not regression.</exception>
    public double RootMeanSquaredError
    {
        get
        {
            Metric.RootMeanSquaredError.Require(Task);
            return Enumerable.Range(0, width).Average(target => Math.Sqrt(SquaredErrors(target) / Count));
        }
    }

    /// <summary>
    /// Gets a metric by its name. Precision, recall and F1 are those of class 1 for binary classification, otherwise the mean over classes.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="TaskMismatchException">The metric does not fit the task.</exception>
    /// <exception cref="DatasetException">The metric has no value for the data.</exception>
    public double this[Metric metric] => metric switch
    {
        Metric.Accuracy => Accuracy,
        Metric.LogLoss => LogLoss,
        Metric.Precision => Precision(),
        Metric.Recall => Recall(),
        Metric.F1 => F1(),
        Metric.RocAuc => RocAuc,
        Metric.AveragePrecision => AveragePrecision,
        Metric.RSquared => RSquared,
        Metric.MeanAbsoluteError => MeanAbsoluteError,
        Metric.RootMeanSquaredError => RootMeanSquaredError,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, message: null),
    };

    /// <summary>Returns the fraction of samples whose class is among the k most probable ones; of equal ones, the first count.</summary>
    /// <param name="k">From 1 to the number of classes.</param>
    /// <exception cref="TaskMismatchException">The task is not classification with several classes.</exception>
    public double TopKAccuracy(int k)
    {
        if (Task != ModelTask.Classification)
            throw new TaskMismatchException(nameof(TopKAccuracy), $"it does not fit {Task.Text()}; it needs classification with several classes.");
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, width);
        return (double)Enumerable.Range(0, Count).Count(s => RankOf(s) < k) / Count;
    }

    /// <summary>Returns the precision.</summary>
    /// <param name="average">How classes are averaged; null for that of class 1 for binary classification, and otherwise <see cref="Average.Macro"/>.</param>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    public double Precision(Average? average = null) => Mean(Metric.Precision, average, scores => scores.Precision);

    /// <summary>Returns the recall.</summary>
    /// <inheritdoc cref="Precision" path="/param"/>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    public double Recall(Average? average = null) => Mean(Metric.Recall, average, scores => scores.Recall);

    /// <summary>Returns the harmonic mean of precision and recall.</summary>
    /// <inheritdoc cref="Precision" path="/param"/>
    /// <exception cref="TaskMismatchException">The task is regression.</exception>
    public double F1(Average? average = null) => Mean(Metric.F1, average, scores => scores.F1);

    /// <summary>Returns all metrics that fit the task, one per line; one that has no value for the data is <c>none</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Invariant($"{name}: {Task.Text()}, {Count:#,0} samples"));
        foreach (Metric metric in Enum.GetValues<Metric>().Where(metric => metric.Fits(Task)))
        {
            string value;
            try
            {
                value = this[metric].ToString("0.0000", CultureInfo.InvariantCulture);
            }
            catch (DatasetException)
            {
                value = "none";
            }

            text.Append('\n').Append(metric.ToString().PadRight(nameof(Metric.RootMeanSquaredError).Length)).Append("  ").Append(value);
        }

        return text.ToString();
    }

    private static double LossOf(double logit) => -Math.Log(Math.Clamp(OutputProbabilities.Sigmoid(logit), Clip, 1 - Clip));

    private int ClassOf(int sample) => meaning.ClassOf(RowOf(sample));

    private ReadOnlySpan<float> RowOf(int sample) => outputs.AsSpan(sample * width, width);

    private bool IsCorrect(int sample) => Task == ModelTask.MultiLabel
        ? Enumerable.Range(sample * width, width).All(i => meaning.IsAboveThreshold(outputs[i]) == truth[i] > 0.5f)
        : ClassOf(sample) == (int)truth[sample];

    private int RankOf(int sample)
    {
        ReadOnlySpan<float> row = RowOf(sample);
        int own = (int)truth[sample];
        int rank = 0;
        for (int c = 0; c < width; c++)
        {
            if (row[c] > row[own] || (row[c] == row[own] && c < own))
                rank++;
        }

        return rank;
    }

    private ClassScores ScoresOfLabel(int label)
    {
        (long both, long onlyPredicted, long onlyTrue) = (0, 0, 0);
        for (int i = label; i < outputs.Length; i += width)
        {
            bool isPredicted = meaning.IsAboveThreshold(outputs[i]);
            bool isTrue = truth[i] > 0.5f;
            both += isPredicted && isTrue ? 1 : 0;
            onlyPredicted += isPredicted && !isTrue ? 1 : 0;
            onlyTrue += isTrue && !isPredicted ? 1 : 0;
        }

        return new ClassScores(both, onlyPredicted, onlyTrue);
    }

    private double Mean(Metric metric, Average? average, Func<ClassScores, double> score)
    {
        metric.Require(Task);
        IReadOnlyList<ClassScores> classes = ScoresByClass;
        return average is null && Task == ModelTask.BinaryClassification ? score(classes[1]) : ClassScores.Mean(classes, average ?? Average.Macro, score);
    }

    private double MeanOverClasses(Metric metric, Func<float[], bool[], double> area)
    {
        metric.Require(Task);
        IEnumerable<int> classes = width == 1 ? [0] : Task == ModelTask.Classification && width == 2 ? [1] : Enumerable.Range(0, width);
        return classes.Average(c =>
        {
            float[] scores = [.. Enumerable.Range(0, Count).Select(s => Task == ModelTask.Classification ? (float)OutputProbabilities.LogOdds(RowOf(s), c) : outputs[(s * width) + c])];
            bool[] isTrue = [.. Enumerable.Range(0, Count).Select(s => Task == ModelTask.Classification ? (int)truth[s] == c : truth[(s * width) + c] > 0.5f)];
            int positives = isTrue.Count(value => value);
            if (positives == 0 || (metric == Metric.RocAuc && positives == Count))
                throw new DatasetException(name, $"{(positives == 0 ? "no sample has" : "all samples have")} {(Task == ModelTask.MultiLabel ? "label" : "class")} {(width == 1 ? 1 : c)}, so {metric} has no value; add samples, or use another metric.");
            return area(scores, isTrue);
        });
    }

    private double SquaredErrors(int target)
    {
        double sum = 0;
        for (int i = target; i < outputs.Length; i += width)
            sum += ((double)outputs[i] - truth[i]) * ((double)outputs[i] - truth[i]);
        return sum;
    }

    private double RSquaredOf(int target)
    {
        double mean = Enumerable.Range(0, Count).Average(s => (double)truth[(s * width) + target]);
        double spread = Enumerable.Range(0, Count).Sum(s => (truth[(s * width) + target] - mean) * (truth[(s * width) + target] - mean));
        return spread == 0
            ? throw new DatasetException(name, Invariant($"target {target} is {truth[target]} for all {Count} samples, so RSquared has no value; add samples with other values, or use another metric."))
            : 1 - (SquaredErrors(target) / spread);
    }
}

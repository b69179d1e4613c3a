using Fpe;
using Fpe.Compute;

namespace PairsOfCalls;

/// <summary>
/// What two calls may see: what they see one after the other, in either order, or alone if the other is refused. Calls at the same time
/// are right if their results are among these, and if the model ends as it does in one of them.
/// </summary>
/// <param name="device">Where models live.</param>
/// <param name="folder">Where files are.</param>
internal sealed class Sequences(Device device, string folder)
{
    private const string Refused = "refused";
    private readonly Dictionary<(ModelPlan Plan, bool IsExpanded, Call First, Call Second), Results> known = [];

    /// <summary>What each of two calls may see, and how the model may end.</summary>
    public Results Of(ModelPlan plan, bool isExpanded, Call first, Call second)
    {
        if (known.TryGetValue((plan, isExpanded, first, second), out Results? results))
            return results;
        results = new Results([], [], []);
        Run([(first, results.First), (second, results.Second)]);
        Run([(second, results.Second), (first, results.First)]);
        Run([(first, results.First)]);
        Run([(second, results.Second)]);
        known.Add((plan, isExpanded, first, second), results);
        return results;

        void Run(IEnumerable<(Call Call, HashSet<string> Seen)> calls)
        {
            using var subject = new Subject(plan, isExpanded, device, folder);
            foreach ((Call call, HashSet<string> seen) in calls)
                seen.Add(Observe(call, subject));
            results.End.Add(EndOf(subject));
        }
    }

    /// <summary>What a call sees; one word if it is refused.</summary>
    public static string Observe(Call call, Subject subject)
    {
        try
        {
            return call.Run(subject);
        }
        catch (Exception e) when (Call.IsRefusal(e))
        {
            return Refused;
        }
    }

    /// <summary>Whether a call was refused.</summary>
    public static bool IsRefused(string seen) => seen == Refused;

    /// <summary>How a model ends.</summary>
    public static string EndOf(Subject subject) => Observe(Call.All[2], subject);

    /// <param name="First">What the first call may see.</param>
    /// <param name="Second">What the second call may see.</param>
    /// <param name="End">How the model may end.</param>
    internal sealed record Results(HashSet<string> First, HashSet<string> Second, HashSet<string> End);
}

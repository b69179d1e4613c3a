using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Checks;

/// <summary>
/// Keeps one finding for each rule and place about the layers of blocks: a layer is checked in every use, but its attributes are written
/// once.
/// </summary>
internal static class RepeatedFindings
{
    /// <summary>Returns the findings about a class without repetitions.</summary>
    /// <param name="findings">The findings about the class.</param>
    /// <param name="known">What is reported about the blocks that it uses where they are declared.</param>
    public static IEnumerable<Finding> Remove(IEnumerable<Finding> findings, IEnumerable<Finding> known)
    {
        var reported = new HashSet<(string Rule, Location Place, string Layer)>(known.Select(finding => (finding.Rule.Id, finding.Location, string.Empty)));
        foreach (Finding finding in findings)
        {
            string[] path = finding.Arguments[0].Split('.');
            bool isInBlock = path.Length > 2;
            if (isInBlock && reported.Contains((finding.Rule.Id, finding.Location, string.Empty)))
                continue;
            if (!isInBlock || reported.Add((finding.Rule.Id, finding.Location, path.Last(part => !char.IsDigit(part[0])))))
                yield return finding;
        }
    }
}

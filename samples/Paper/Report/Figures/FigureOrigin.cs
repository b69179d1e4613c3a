using System.Text;

namespace Samples.Paper.Report.Figures;

/// <summary>Where a figure belongs and comes from, for a file that stands alone.</summary>
/// <param name="Place">Experiment and task: <c>boolean: 8 clauses of 3 literals</c>.</param>
/// <param name="Name">The beginning of names of files: <c>boolean-2</c>.</param>
/// <param name="Source">Version, command line and date.</param>
internal sealed record FigureOrigin(string Place, string Name, string Source)
{
    /// <summary>Returns the name of a file: <c>boolean-2-gain-against-width.svg</c>.</summary>
    public string FileName(string title)
    {
        var name = new StringBuilder(Name);
        bool isApart = true;
        foreach (char c in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(isApart ? "-" : "").Append(c);
            isApart = !char.IsAsciiLetterOrDigit(c);
        }

        return name.Append(".svg").ToString();
    }
}

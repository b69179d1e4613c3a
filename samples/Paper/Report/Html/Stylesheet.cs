namespace Samples.Paper.Report.Html;

/// <summary>The stylesheet of the report, which is next to this file and embedded in the assembly.</summary>
internal static class Stylesheet
{
    /// <summary>The text of the stylesheet.</summary>
    public static string Text
    {
        get
        {
            using Stream stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("report.css")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}

<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of every edition. Input: the tree that reports/html.c makes of a report model. Same HTML for the screen and for PDF. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

<xsl:template match="/report">
<html lang="{@language}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title><xsl:value-of select="@title"/> – <xsl:value-of select="@organisation"/></title>
<meta name="author" content="{@organisation}"/>
<meta name="dcterms.created" content="{@made-on}"/>
<meta name="veiligbeeld.certificate" content="{@identity}"/>
<style><xsl:value-of select="css" disable-output-escaping="yes"/></style>
</head>
<body class="{@edition}">
<a class="skip" href="#inhoud">Naar de inhoud</a>
<header>
<xsl:if test="@confidential != ''"><p class="confidential"><xsl:value-of select="@confidential"/></p></xsl:if>
<h1><xsl:value-of select="@title"/></h1>
<p class="sub"><xsl:value-of select="@subtitle"/></p>
<p class="running"><xsl:value-of select="@footer"/></p>
</header>
<main id="inhoud">
<xsl:apply-templates select="chapter[1]"/>
<xsl:if test="count(chapter) &gt; 4">
<nav aria-label="Inhoud"><h2>Inhoud</h2><ul><xsl:for-each select="chapter[position() &gt; 1]"><li><a href="#{@id}"><xsl:value-of select="@title"/></a></li></xsl:for-each></ul></nav>
</xsl:if>
<xsl:apply-templates select="chapter[position() &gt; 1]"/>
</main>
</body>
</html>
</xsl:template>

<xsl:template match="chapter">
<section id="{@id}"><xsl:if test="position() = 1 and @id = 'samenvatting'"><xsl:attribute name="class">ten</xsl:attribute></xsl:if>
<h2><xsl:value-of select="@title"/></h2>
<xsl:apply-templates/>
</section>
</xsl:template>

<!-- Nothing may stand at the foot of a page without what it speaks of. -->
<xsl:template match="paragraph"><p><xsl:if test="following-sibling::*[1][self::table or self::chart or self::lines]"><xsl:attribute name="class">lead</xsl:attribute></xsl:if><xsl:value-of select="."/></p></xsl:template>
<xsl:template match="note"><p class="note"><xsl:value-of select="."/></p></xsl:template>
<xsl:template match="small"><p class="signs"><xsl:value-of select="."/></p></xsl:template>
<xsl:template match="heading"><h3><xsl:value-of select="."/></h3></xsl:template>

<xsl:template match="lines">
<xsl:choose>
<xsl:when test="count(line) &gt; 1 and ../@id = 'samenvatting' and not(preceding-sibling::lines)"><ol class="lines"><xsl:apply-templates select="line"/></ol></xsl:when>
<xsl:otherwise><ul class="lines"><xsl:apply-templates select="line"/></ul></xsl:otherwise>
</xsl:choose>
</xsl:template>

<xsl:template match="chart">
<figure>
<p class="finding"><xsl:value-of select="@title"/></p>
<div class="scroll" role="region" tabindex="0" aria-label="{@title}"><img src="{@src}" alt="{@alt}"/></div>
<figcaption><xsl:value-of select="@caption"/></figcaption>
</figure>
</xsl:template>

<!-- A wide table scrolls in a region of its own that the keyboard can reach; on a phone a line of text says so.
     Short tables stay on one page; longer ones break, but with four rows at least on either side, or between their groups: those are bodies
     of their own. WeasyPrint 57 takes a first body that may not break as if the page were empty, and breaks it: there the rows
     themselves hold on to each other (class first), which it heeds for rows that it may break, so those of one line. -->
<xsl:template match="table">
<xsl:variable name="columns" select="count(columns/column)"/>
<xsl:if test="$columns &gt; 5"><p class="swipe" aria-hidden="true">Schuif de tabel opzij voor de andere kolommen.</p></xsl:if>
<div class="scroll" role="region" tabindex="0" aria-label="{@title}">
<table>
<xsl:attribute name="class"><xsl:choose><xsl:when test="count(body/row) &lt; 10 and count(body) = 1 and $columns &lt; 7">whole</xsl:when><xsl:otherwise>long</xsl:otherwise></xsl:choose><xsl:if test="$columns &lt; 4 and columns/column[last()]/@numeric"> narrow</xsl:if><xsl:if test="body/@title"> grouped</xsl:if></xsl:attribute>
<caption><span><xsl:value-of select="@title"/></span></caption>
<thead><tr><xsl:for-each select="columns/column"><th scope="col"><xsl:if test="@numeric"><xsl:attribute name="class">n</xsl:attribute></xsl:if><xsl:value-of select="."/></th></xsl:for-each></tr></thead>
<xsl:for-each select="body">
<xsl:choose>
<xsl:when test="not(@title) and count(row) &gt; 9">
<tbody class="first"><xsl:apply-templates select="row[position() &lt; 5]"/></tbody>
<tbody><xsl:apply-templates select="row[position() &gt; 4 and position() &lt; last() - 3]"/></tbody>
<tbody class="keep"><xsl:apply-templates select="row[position() &gt; last() - 4]"/></tbody>
</xsl:when>
<xsl:otherwise>
<tbody>
<xsl:attribute name="class"><xsl:choose><xsl:when test="position() = 1">first</xsl:when><xsl:otherwise>keep</xsl:otherwise></xsl:choose></xsl:attribute>
<xsl:if test="@title"><tr class="group"><th scope="rowgroup" colspan="{$columns}"><span><xsl:value-of select="@title"/></span></th></tr></xsl:if>
<xsl:apply-templates select="row"/>
</tbody>
</xsl:otherwise>
</xsl:choose>
</xsl:for-each>
</table>
</div>
<xsl:if test="sign"><p class="signs"><xsl:for-each select="sign"><xsl:if test="position() &gt; 1"><br/></xsl:if><xsl:value-of select="."/></xsl:for-each></p></xsl:if>
</xsl:template>

<!-- class line: no cell of it takes more than one line on paper -->
<xsl:template match="row">
<xsl:variable name="class"><xsl:if test="starts-with(cell[1], 'Totaal')">total</xsl:if><xsl:if test="count(cell) &lt; 7 and string-length(cell[1]) &lt; 32 and not(cell[position() &gt; 1 and not(@numeric) and string-length(.) &gt; 19])"> line</xsl:if></xsl:variable>
<tr><xsl:if test="$class != ''"><xsl:attribute name="class"><xsl:value-of select="normalize-space($class)"/></xsl:attribute></xsl:if>
<xsl:for-each select="cell">
<xsl:choose>
<xsl:when test="position() = 1"><th scope="row"><xsl:if test="string-length(.) &lt; 18"><xsl:attribute name="class">short</xsl:attribute></xsl:if><xsl:value-of select="."/></th></xsl:when>
<xsl:when test="@numeric"><td class="n"><xsl:value-of select="."/></td></xsl:when>
<xsl:when test="string-length(.) &lt; 20 and last() &lt; 7"><td class="short"><xsl:value-of select="."/></td></xsl:when>
<xsl:otherwise><td><xsl:value-of select="."/></td></xsl:otherwise>
</xsl:choose>
</xsl:for-each></tr>
</xsl:template>

<xsl:template match="line"><li><xsl:value-of select="."/><xsl:if test="@certainty"><xsl:text> </xsl:text><span class="certainty"><xsl:value-of select="@certainty"/></span></xsl:if></li></xsl:template>

<xsl:template match="css"/>
</xsl:stylesheet>
